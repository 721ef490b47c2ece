package dev.brr.jemalloc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts small processes with Debian's jemalloc preloaded, to ask it what it takes. */
public final class RealJemalloc {

    /** What LD_PRELOAD is given: the loader finds the file on each architecture. */
    public static final String LIBRARY = "libjemalloc.so.2";

    /** 128 + SIGABRT, as a shell reports it. */
    private static final int ABORTED = 134;

    /** 128 + SIGXCPU and 128 + SIGKILL: it did not end in the seconds of CPU it had. */
    private static final List<Integer> OUT_OF_TIME = List.of(152, 137);

    private static final int TIMEOUT_SECONDS = 60;

    /** Reads a conf a line, and answers each with a line of the exit code and one of what was printed. */
    private static final String EACH_LINE = """
            ulimit -c 0
            while IFS= read -r conf; do
              printed=$(timeout -s KILL 10 env LD_PRELOAD=%s MALLOC_CONF="$conf" /bin/true 2>&1)
              echo "$?"
              echo "${printed//$'\\n'/ }"
            done
            """.formatted(LIBRARY);

    private RealJemalloc() {}

    /** What a process did that was started with a MALLOC_CONF. */
    public record Outcome(String conf, int exit, String printed) {
        /** Says whether jemalloc took the options without a word. */
        public boolean silent() {
            return exit == 0 && printed.isEmpty();
        }

        /** Says whether jemalloc started the process but complained. */
        public boolean warned() {
            return exit == 0 && !printed.isEmpty();
        }

        /** Says whether the process did not end by itself. */
        public boolean hung() {
            return OUT_OF_TIME.contains(exit);
        }

        /** Says whether jemalloc ended the process. */
        public boolean aborted() {
            return exit == ABORTED;
        }
    }

    /** Starts a process for each conf. Fails if the library is not installed: then nothing here means anything. */
    public static List<Outcome> start(List<String> confs) {
        List<String> questions = new ArrayList<>(confs);
        questions.addFirst("abort_conf:true,no_such_option:1");
        List<Outcome> outcomes = ask(questions);
        if (!outcomes.getFirst().aborted()) {
            throw new AssertionError("These tests need the real jemalloc, and " + LIBRARY
                    + " cannot be preloaded: apt-get install libjemalloc2. The loader says: "
                    + outcomes.getFirst().printed());
        }
        return outcomes.subList(1, outcomes.size());
    }

    /** Starts one process. */
    public static Outcome start(String conf) {
        return start(List.of(conf)).getFirst();
    }

    private static List<Outcome> ask(List<String> confs) {
        try {
            Process shell = new ProcessBuilder("bash", "-c", EACH_LINE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread questions = Thread.ofVirtual().start(() -> write(shell, confs));
            List<String> lines = new String(shell.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            questions.join();
            if (!shell.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || lines.size() != 2 * confs.size()) {
                throw new AssertionError("asked %d times, answered %d lines".formatted(confs.size(), lines.size()));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < confs.size(); i++) {
                outcomes.add(new Outcome(confs.get(i), Integer.parseInt(lines.get(2 * i)), lines.get(2 * i + 1)));
            }
            return outcomes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while jemalloc was asked", e);
        }
    }

    private static void write(Process shell, List<String> confs) {
        try (Writer questions = shell.outputWriter(UTF_8)) {
            for (String conf : confs) {
                questions.write(conf + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
