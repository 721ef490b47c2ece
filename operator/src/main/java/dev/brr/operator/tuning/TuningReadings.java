package dev.brr.operator.tuning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Keeps what each pod's process said, and asks pods off the reconciling threads.
 *
 * <p>A process keeps the options that it started with: one good answer for a container start is enough to know them, and
 * no later silence takes it back. Which operation is hungriest changes, so that a pod is asked again, a minute after the
 * first answer, then when as much time has passed again, and at last every ten minutes.
 */
public final class TuningReadings implements AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Identifies one start of a pod's container.
     *
     * @param uid the pod's uid
     * @param restarts how often its container was restarted
     */
    public record Start(String uid, int restarts) {}

    /**
     * Is what is kept of one start.
     *
     * @param reading what it said last that lasts, or else why it says nothing
     * @param first when it said something for the first time
     * @param next when it is worth asking again
     */
    private record Kept(PodReading reading, Instant first, Instant next) {

        boolean lasts() {
            return !(reading instanceof PodReading.Unread);
        }
    }

    private final PodMallocReader reader;
    private final Clock clock;
    private final Map<Start, Kept> readings = new ConcurrentHashMap<>();
    private final Map<Start, Boolean> asking = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(
            4, Thread.ofPlatform().name("malloc-", 0).daemon().factory());

    /** Creates without any reading. */
    public TuningReadings(PodMallocReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Returns the reading of a start, if there is one, and asks the pod where that is due. Never blocks.
     *
     * @param answered called when the pod has said something new, or could not be asked for the first time
     */
    public Optional<PodReading> of(Start start, String ip, int port, Runnable answered) {
        var kept = Optional.ofNullable(readings.get(start));
        var due = kept.filter(it -> clock.instant().isBefore(it.next())).isEmpty();
        if (due && asking.putIfAbsent(start, true) == null) {
            ask(start, ip, port, answered);
        }
        return kept.map(Kept::reading);
    }

    /** Returns how long a start's reading is good for; nothing where there is none. */
    public Optional<Duration> goodFor(Start start) {
        return Optional.ofNullable(readings.get(start))
                .filter(Kept::lasts)
                .map(kept -> Duration.between(clock.instant(), kept.next()));
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
            var before = readings.get(start);
            var kept = keep(Optional.ofNullable(before), reading, clock.instant());
            readings.put(start, kept);
            // An unread pod is asked again by the next reconciliation, which is scheduled: no storm of wake-ups.
            return before == null
                    || !kept.reading().equals(before.reading())
                            && !(reading instanceof PodReading.Unread && before.reading() instanceof PodReading.Unread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // Before anybody is told: who is told may ask again, and the mark of that question must stay.
            asking.remove(start);
        }
    }

    private static Kept keep(Optional<Kept> before, PodReading reading, Instant now) {
        var lasting = before.filter(Kept::lasts);
        if (reading instanceof PodReading.Unread && lasting.isEmpty()) {
            return new Kept(reading, now, now);
        }
        var first = lasting.map(Kept::first).orElse(now);
        var age = Duration.between(first, now);
        var wait = age.compareTo(SHORTEST) < 0 ? SHORTEST : age.compareTo(LONGEST) > 0 ? LONGEST : age;
        return new Kept(
                reading instanceof PodReading.Unread
                        ? lasting.map(Kept::reading).orElse(reading)
                        : reading,
                first,
                now.plus(wait));
    }
}
