package dev.brr.operator.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Shows the time that it was set to, and moves only when it is told to. */
public final class SetClock extends Clock {

    private volatile Instant now;

    /** Creates a clock that shows the given time, e.g. {@code 2026-01-01T00:00:00Z}. */
    public SetClock(String now) {
        this.now = Instant.parse(now);
    }

    /** Moves on. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("everything here is in UTC");
    }
}
