package dev.brr.runtime.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * What one connection is doing, and since when.
 *
 * <p>The thread of the connection writes, the watchdog reads. Times are nanoseconds of a clock that the watchdog moves on
 * a few times a second, so that a request reads no clock. One thread writes, so that what it writes is released and not
 * volatile: nine fences a request are for nothing where the reader looks a few times a second.
 */
final class ConnectionWatch {
    /** A sender may begin slowly. */
    static final long BODY_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** How long a client that was told to go may go on to send, and how long it may be silent meanwhile. */
    static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    static final long LINGER_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What a connection does. */
    enum Phase {
        /** Waits for a request. */
        IDLE,
        /** Has the begin of a request. */
        HEAD,
        /** Reads a body. */
        BODY,
        /** Has the request, and works on it. */
        WORK,
        /** Hands bytes to the client. */
        SEND,
        /** Waits for events to send. */
        STREAM,
        /** Has sent its last answer, and reads what the client still sends. */
        LINGER
    }

    /** What has to become of it. */
    enum Verdict {
        KEEP,
        CLOSE,
        /** Close, and say that the request did not come in time. */
        TIMEOUT,
        /** Interrupt who works on it. */
        INTERRUPT
    }

    /**
     * How long each phase may last.
     *
     * @param requestNanos zero for no limit
     * @param bytesPerSecond zero for any rate
     */
    record Rules(long idleNanos, long headNanos, long requestNanos, long sendNanos, int bytesPerSecond) {}

    private static final VarHandle PHASE;
    private static final VarHandle SINCE;
    private static final VarHandle READ;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PHASE = lookup.findVarHandle(ConnectionWatch.class, "phase", Phase.class);
            SINCE = lookup.findVarHandle(ConnectionWatch.class, "since", long.class);
            READ = lookup.findVarHandle(ConnectionWatch.class, "read", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Those of one tick by their number: the last of them may have its request on the way. */
    static final Comparator<ConnectionWatch> LONGEST_FIRST =
            Comparator.comparingLong(ConnectionWatch::since).thenComparingLong(watch -> watch.number);

    private final TickingClock clock;
    private final long number;
    private volatile Phase phase = Phase.IDLE;
    private volatile long since;
    private volatile long read;
    private long bytes;
    private boolean lingers;
    private volatile boolean interrupted;

    ConnectionWatch(TickingClock clock) {
        this.clock = clock;
        this.number = clock.nextNumber();
        this.since = clock.nanos();
        this.read = since;
    }

    Phase phase() {
        return phase;
    }

    long since() {
        return since;
    }

    /** Notes that it does something else from now on. */
    void enter(Phase next) {
        SINCE.setRelease(this, clock.nanos());
        PHASE.setRelease(this, next);
    }

    /** Notes bytes from the client. */
    void received(int number) {
        if (phase == Phase.IDLE) {
            bytes = 0;
            enter(Phase.HEAD);
        }
        READ.setRelease(this, clock.nanos());
        bytes += number;
    }

    /** How many bytes of the head or the body have come. */
    long bytes() {
        return bytes;
    }

    /** Notes that a body is read from now on; what was there with the headers does not count for its rate. */
    void bodyBegins() {
        bytes = 0;
        enter(Phase.BODY);
    }

    /** Notes that the client is sent its last answer before it has sent all of its request. */
    void linger() {
        lingers = true;
    }

    boolean lingers() {
        return lingers;
    }

    /** Notes that who works on the request is interrupted. */
    void interruptedNow() {
        interrupted = true;
    }

    /** Says once whether the work on this request was interrupted. */
    boolean takeInterrupted() {
        boolean was = interrupted;
        if (was) {
            interrupted = false;
        }
        return was;
    }

    /** Decides. */
    Verdict verdict(long now, Rules rules) {
        long time = now - since;
        return switch (phase) {
            case IDLE -> time > rules.idleNanos() ? Verdict.CLOSE : Verdict.KEEP;
            case HEAD -> time > rules.headNanos() ? Verdict.TIMEOUT : Verdict.KEEP;
            case BODY -> isSlow(time, rules) ? Verdict.TIMEOUT : Verdict.KEEP;
            case WORK ->
                rules.requestNanos() > 0 && time > rules.requestNanos() && !interrupted
                        ? Verdict.INTERRUPT
                        : Verdict.KEEP;
            case SEND -> time > rules.sendNanos() ? Verdict.CLOSE : Verdict.KEEP;
            case STREAM -> Verdict.KEEP;
            case LINGER -> time > LINGER_NANOS || now - read > LINGER_SILENCE_NANOS ? Verdict.CLOSE : Verdict.KEEP;
        };
    }

    private boolean isSlow(long time, Rules rules) {
        double wanted = (double) rules.bytesPerSecond() * time / TimeUnit.SECONDS.toNanos(1);
        return time > BODY_GRACE_NANOS && bytes < wanted;
    }
}
