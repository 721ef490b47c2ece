package dev.brr.runtime.tracing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a batch that was not taken is sent again, and when (OTLP 1.9, "Failures" and "OTLP/HTTP Throttling").
 *
 * @param attempts how often a batch is sent at most
 * @param first how long to wait before the second attempt, on average; before each further one twice as long
 * @param most the longest wait that is not the collector's own wish
 */
record RetryPolicy(int attempts, Duration first, Duration most) {
    static final RetryPolicy STANDARD = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30));

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    /** A collector that asks for more gets the next batches, and this one is lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * Gives how long to wait before the next attempt.
     *
     * @param attempt how often the batch was sent already, from 1 on
     * @param chance spreads services that failed at the same time: from 0 to below 1
     * @return nothing when the batch is lost
     */
    Optional<Duration> pause(int attempt, OtlpAnswer.Refused refused, double chance) {
        boolean passes = refused.status() == OtlpAnswer.NONE || PASSING.contains(refused.status());
        if (!passes || attempt >= attempts) {
            return Optional.empty();
        }
        if (refused.retryAfter().isPresent()) {
            return refused.retryAfter().filter(wish -> wish.compareTo(PATIENCE) <= 0);
        }
        double nanos = Math.min(first.toNanos() * Math.pow(2, attempt - 1), most.toNanos());
        return Optional.of(Duration.ofNanos((long) (nanos * (0.5 + chance))));
    }

    /** Reads a {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date; nothing when it is neither. */
    static Optional<Duration> retryAfter(String text, Instant now) {
        String value = text.strip();
        if (!value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
