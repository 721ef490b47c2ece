package dev.brr.runtime.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/**
 * Looks at files again and again.
 *
 * <p>It compares what they hold and not when they were written: a mounted ConfigMap or Secret changes by a symbolic link,
 * which file system events and times do not tell.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FileWatch.class.getName());

    private final Thread thread;

    /** What looks, and acts when it sees a change. */
    @FunctionalInterface
    interface Look {
        void look() throws Exception;
    }

    /** Looks at once in so long, and again after that; a look that fails is told and tried again. */
    FileWatch(String name, Duration interval, Look look) {
        this.thread = Thread.ofVirtual().name("brr-watch-" + name).start(() -> run(name, interval, look));
    }

    private static void run(String name, Duration interval, Look look) {
        String told = "";
        while (true) {
            try {
                Thread.sleep(interval);
                look.look();
                told = "";
            } catch (InterruptedException _) {
                return;
            } catch (Exception | Error e) {
                // An error too, of a document that is nested too deeply for example, ends one look and not all of them.
                String problem = reason(e);
                if (!problem.equals(told)) {
                    LOG.log(Level.WARNING, "The {0} is not read anew, the old one stays: {1}", name, problem);
                    told = problem;
                }
            }
        }
    }

    /** The message of an exception of files is the name of the file alone. */
    static String reason(Throwable e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case AccessDeniedException denied -> "the file " + denied.getFile() + " may not be read";
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
