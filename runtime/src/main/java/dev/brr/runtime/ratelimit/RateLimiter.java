package dev.brr.runtime.ratelimit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Keeps the buckets of all clients in a table of a fixed size.
 *
 * <p>A bucket is one number: the moment at which it will be full again, that is, the theoretical arrival time of the
 * generic cell rate algorithm (ITU-T I.371). A full bucket is no bucket at all, so that places free themselves by time. A
 * client whose {@value #WAYS} places are all taken by others gets the place of the one that is nearest to full: whoever
 * floods the table with addresses wins back no more than the tokens that were about to come anyway. Clients are told
 * apart by a 64-bit hash under a secret of the process.
 */
public final class RateLimiter {
    /** How many buckets there are by default: 1 MiB of memory. */
    public static final int DEFAULT_CLIENTS = 65_536;

    private static final int WAYS = 8;
    /** A century, in nanoseconds: a bucket holds no more, so that sums of times stay numbers. */
    private static final long FOREVER = 36_500L * 86_400 * 1_000_000_000;

    private static final int LOCKS = 64;

    private final long[] keys;
    private final long[] fullAt;
    private final int mask;
    private final Object[] locks = new Object[LOCKS];
    private final LongSupplier nanoTime;
    private final long origin;
    private final long secret;
    private final long multiplier;

    /** @param clients how many buckets there are; the next power of two counts */
    public RateLimiter(int clients) {
        this(clients, System::nanoTime);
    }

    RateLimiter(int clients, LongSupplier nanoTime) {
        int places = Integer.highestOneBit(Math.max(WAYS, clients) * 2 - 1);
        this.keys = new long[places];
        this.fullAt = new long[places];
        this.mask = places / WAYS - 1;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.secret = ThreadLocalRandom.current().nextLong();
        this.multiplier = ThreadLocalRandom.current().nextLong() | 1;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Takes a token.
     *
     * @return 0 when there was one; else the nanoseconds until there is one
     */
    public long take(RateLimit limit, String operation, String client) {
        long key = hash(hash(secret, operation), client);
        long now = nanoTime.getAsLong() - origin;
        int set = (int) (key >>> 40) & mask;
        synchronized (locks[set & (LOCKS - 1)]) {
            int place = place(set * WAYS, key, now);
            long perToken = limit.nanosPerToken();
            long tolerance = Math.min(FOREVER / perToken, limit.burst() - 1L) * perToken;
            long full = keys[place] == key ? Math.max(fullAt[place], now) : now;
            long wait = full - now - tolerance;
            if (wait > 0) {
                return wait;
            }
            keys[place] = key;
            fullAt[place] = full + perToken;
            return 0;
        }
    }

    /** Finds the bucket of a key, or the one to give up for it. */
    private int place(int first, long key, long now) {
        int nearest = first;
        for (int place = first; place < first + WAYS; place++) {
            if (keys[place] == key && fullAt[place] > now) {
                return place;
            }
            if (fullAt[place] < fullAt[nearest]) {
                nearest = place;
            }
        }
        return nearest;
    }

    private long hash(long seed, String text) {
        long hash = seed ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * multiplier;
            hash ^= hash >>> 29;
        }
        hash *= 0xBF58476D1CE4E5B9L;
        return hash ^ hash >>> 32;
    }
}
