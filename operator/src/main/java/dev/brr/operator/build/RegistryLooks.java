package dev.brr.operator.build;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers how often a registry was asked for an image again because nodes could not pull it: half a minute after it was
 * there at the earliest, and ever more rarely. What keeps nodes from pulling need not be that the image is lost.
 *
 * @param count how often it was asked, or is being asked
 * @param next when it may be asked next
 */
record RegistryLooks(int count, Instant next) {

    /** Nobody has asked. */
    static final RegistryLooks NONE = new RegistryLooks(0, Instant.MIN);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LAST_WAIT = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 10;

    /** Says whether it may be asked now. */
    boolean isDue(Instant now) {
        return !now.isBefore(next);
    }

    /** One look begins: there is no other one until it has ended. */
    RegistryLooks begun() {
        return new RegistryLooks(count + 1, Instant.MAX);
    }

    /** A look, or the build before the first one, has ended. */
    RegistryLooks ended(Instant now) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.clamp(count - 1, 0, MOST_DOUBLINGS));
        return new RegistryLooks(count, now.plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT));
    }
}
