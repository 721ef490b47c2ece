package dev.brr.operator.tuning;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Keeps what each pod's process said, and asks pods off the reconciling threads.
 *
 * <p>A process keeps the options that it started with: one good answer for a container start is enough.
 */
public final class TuningReadings implements AutoCloseable {

    /**
     * Identifies one start of a pod's container.
     *
     * @param uid the pod's uid
     * @param restarts how often its container was restarted
     */
    public record Start(String uid, int restarts) {}

    private final PodMallocReader reader;
    private final Map<Start, PodReading> readings = new ConcurrentHashMap<>();
    private final Map<Start, Boolean> asking = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(
            4, Thread.ofPlatform().name("malloc-", 0).daemon().factory());

    /** Creates without any reading. */
    public TuningReadings(PodMallocReader reader) {
        this.reader = reader;
    }

    /**
     * Returns the reading of a start where there is one that lasts; otherwise asks the pod and calls back. Never blocks.
     *
     * @param answered called when the pod has answered, or could not
     */
    public Optional<PodReading> of(Start start, String ip, int port, Runnable answered) {
        var reading = readings.get(start);
        if (reading != null && !(reading instanceof PodReading.Unread)) {
            return Optional.of(reading);
        }
        if (asking.putIfAbsent(start, true) == null) {
            ask(start, ip, port, answered);
        }
        return Optional.ofNullable(reading);
    }

    /** Forgets a pod that is gone. */
    public void forget(String uid) {
        readings.keySet().removeIf(start -> start.uid().equals(uid));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void ask(Start start, String ip, int port, Runnable answered) {
        try {
            executor.execute(() -> {
                if (read(start, ip, port)) {
                    answered.run();
                }
            });
        } catch (RejectedExecutionException e) {
            asking.remove(start); // the operator stops
        }
    }

    /** Asks a pod, and says whether the answer is worth a reconciliation. */
    private boolean read(Start start, String ip, int port) {
        try {
            var reading = reader.read(ip, port);
            var before = readings.put(start, reading);
            // An unread pod is asked again by the next reconciliation, which is scheduled: no storm of wake-ups.
            return !(reading instanceof PodReading.Unread && before instanceof PodReading.Unread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // Before anybody is told: who is told may ask again, and the mark of that question must stay.
            asking.remove(start);
        }
    }
}
