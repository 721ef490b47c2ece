package dev.brr.runtime.profiling;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.HeapProfiler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a heap profile each minute while sampling is active, for what operations hold; takes none while it is not. */
public final class InUseByOperation implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InUseByOperation.class.getName());
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Optional<Thread> thread;

    private InUseByOperation(Optional<Thread> thread) {
        this.thread = thread;
    }

    /** Takes profiles of this process. */
    interface Profiles {
        boolean areSampled();

        HeapProfile take() throws IOException;
    }

    /** Lets the time between two profiles pass. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /**
     * Begins, where this process can be profiled. One that is sampled from its start has methods and operations in its
     * samples from here on.
     */
    public static InUseByOperation watch(Jemalloc jemalloc, Consumer<HeapProfile> taken) {
        // Here and not in the thread: to probe sets the hook for what is sampled, which is to be before the first
        // request.
        return new InUseByOperation(
                HeapProfiler.probe(jemalloc) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler)
                        ? Optional.of(watch(profiler, taken))
                        : Optional.empty());
    }

    private static Thread watch(HeapProfiler profiler, Consumer<HeapProfile> taken) {
        return Thread.ofPlatform()
                .daemon()
                .name("brr-in-use-by-operation")
                .start(() -> watch(of(profiler), () -> Thread.sleep(INTERVAL), taken, InUseByOperation::warn));
    }

    private static Profiles of(HeapProfiler profiler) {
        return new Profiles() {
            @Override
            public boolean areSampled() {
                return profiler.isActive();
            }

            @Override
            public HeapProfile take() throws IOException {
                return profiler.take();
            }
        };
    }

    private static void warn(String problem) {
        LOG.log(Level.WARNING, "Memory in use by operation is not known: {0}", problem);
    }

    /** Goes on until a pause is interrupted; tells of a problem once, for as long as it stays the same. */
    static void watch(Profiles profiles, Pause pause, Consumer<HeapProfile> taken, Consumer<String> problems) {
        String told = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                pause.pass();
                if (profiles.areSampled()) {
                    taken.accept(profiles.take());
                    told = "";
                }
            } catch (InterruptedException _) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // Whatever fails now may succeed in a minute; this thread is the only one to try.
                String problem = String.valueOf(e.getMessage());
                if (!problem.equals(told)) {
                    problems.accept(problem);
                    told = problem;
                }
            }
        }
    }

    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
