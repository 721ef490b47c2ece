package dev.brr.runtime.server;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the threads that a web server accepts connections on, by the names that Helidon (seen with 4.5.0) gives them; a
 * test knows.
 */
final class AcceptingThreads {
    private static final String PREFIX = "server-";
    private static final String SUFFIX = "-listener";
    private static final int SPARE = 16;

    private AcceptingThreads() {}

    /**
     * Finds those that something starts; one caller at a time, so that each finds its own.
     *
     * @return the threads by the names of their sockets
     */
    static synchronized Map<String, Thread> startedBy(Runnable starts) {
        List<Thread> before = all();
        starts.run();
        Map<String, Thread> started = new HashMap<>();
        for (Thread thread : all()) {
            if (!before.contains(thread)) {
                String name = thread.getName();
                started.put(name.substring(PREFIX.length(), name.length() - SUFFIX.length()), thread);
            }
        }
        return started;
    }

    private static List<Thread> all() {
        ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
        Thread[] threads = new Thread[group.activeCount() + SPARE];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(thread ->
                        thread.getName().startsWith(PREFIX) && thread.getName().endsWith(SUFFIX))
                .toList();
    }
}
