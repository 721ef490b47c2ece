package dev.brr.runtime.ratelimit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds the requests of one client to one operation: a bucket that begins full, loses a token with each request, and is
 * filled evenly.
 *
 * @param requests how many tokens come in {@code seconds}
 * @param seconds the time for that
 * @param burst how many tokens the bucket holds, which may be spent at once
 */
public record RateLimit(int requests, int seconds, int burst) {
    /** The largest number of each part. */
    public static final int MOST = 1_000_000;

    /** Bounds nothing. */
    public static final RateLimit NONE = new RateLimit(MOST, 1, MOST);

    /** What {@link #parse} takes, for messages. */
    public static final String FORM =
            "requests/seconds or requests/seconds/burst, whole numbers from 1 to 1000000 (100/60)";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/(\\d{1,7})(?:/(\\d{1,7}))?");

    public RateLimit {
        if (!isPart(requests) || !isPart(seconds) || !isPart(burst)) {
            throw new IllegalArgumentException("a rate limit has whole numbers from 1 to " + MOST);
        }
    }

    /** Whether a number may be a part of a limit. */
    public static boolean isPart(long number) {
        return number >= 1 && number <= MOST;
    }

    /** Reads {@code requests/seconds} with or without {@code /burst}; as many as the requests are the burst else. */
    public static Optional<RateLimit> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int requests = Integer.parseInt(matcher.group(1));
        int seconds = Integer.parseInt(matcher.group(2));
        int burst = matcher.group(3) == null ? requests : Integer.parseInt(matcher.group(3));
        return isPart(requests) && isPart(seconds) && isPart(burst)
                ? Optional.of(new RateLimit(requests, seconds, burst))
                : Optional.empty();
    }

    /** Whether it bounds nothing. */
    public boolean isNone() {
        return requests == NONE.requests && seconds == NONE.seconds && burst == NONE.burst;
    }

    /** The time in which one token comes; nanoseconds, at least 1. */
    long nanosPerToken() {
        return Math.max(1, seconds * 1_000_000_000L / requests);
    }

    @Override
    public String toString() {
        return requests + "/" + seconds + (burst == requests ? "" : "/" + burst);
    }
}
