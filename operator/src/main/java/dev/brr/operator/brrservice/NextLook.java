package dev.brr.operator.brrservice;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides when a service is worth a look although nobody said that anything changed. */
final class NextLook {

    /** Is when a pod is asked again that has not answered, or whose answer has just come of age. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private NextLook() {}

    /**
     * Decides.
     *
     * @param goodFor how long the reading of each ready pod is good for; empty where there is none
     * @param retryAt when a failed build is tried again
     * @param now the time
     * @return in how long; empty where nothing is due
     */
    static Optional<Duration> in(List<Optional<Duration>> goodFor, Optional<Instant> retryAt, Instant now) {
        return Stream.concat(
                        goodFor.stream().map(time -> longer(time.orElse(ASK_AGAIN), ASK_AGAIN)),
                        retryAt
                                .map(at -> longer(Duration.between(now, at).plusSeconds(1), Duration.ofSeconds(1)))
                                .stream())
                .min(Comparator.naturalOrder());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
