package dev.brr.runtime.security;

import dev.brr.runtime.security.RotatingKeys.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers good tokens by their SHA-256 until they expire or the keys change.
 *
 * <p>Has a fixed number of places, two for each digest; a token that finds both taken drives one of them out. Only good tokens
 * come in, so that nobody without one can drive others out.
 */
final class VerifiedTokens {
    private static final int PLACES = 2048;
    private static final MessageDigest SHA_256 = sha256();

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual alone
    private record Entry(byte[] digest, long edition, long expiresAtMillis, TokenOutcome.Verified outcome) {}

    /** Gives what a token was found to be; null when it is not remembered, has expired, or the keys were others. */
    TokenOutcome.@Nullable Verified find(byte[] digest, Keys keys, long nowMillis) {
        int place = place(digest);
        TokenOutcome.Verified found = at(place, digest, keys, nowMillis);
        return found == null ? at(place ^ 1, digest, keys, nowMillis) : found;
    }

    private TokenOutcome.@Nullable Verified at(int place, byte[] digest, Keys keys, long nowMillis) {
        Entry entry = entries.get(place);
        return entry != null
                        && entry.edition() == keys.edition()
                        && nowMillis < entry.expiresAtMillis()
                        && MessageDigest.isEqual(entry.digest(), digest)
                ? entry.outcome()
                : null;
    }

    void remember(byte[] digest, Keys keys, long expiresAtMillis, long nowMillis, TokenOutcome.Verified outcome) {
        int place = place(digest);
        if (isTaken(place, keys, nowMillis) && (!isTaken(place ^ 1, keys, nowMillis) || (digest[2] & 1) == 0)) {
            place ^= 1;
        }
        entries.set(place, new Entry(digest, keys.edition(), expiresAtMillis, outcome));
    }

    private boolean isTaken(int place, Keys keys, long nowMillis) {
        Entry entry = entries.get(place);
        return entry != null && entry.edition() == keys.edition() && nowMillis < entry.expiresAtMillis();
    }

    private static int place(byte[] digest) {
        return ((digest[0] & 0xff) << 8 | (digest[1] & 0xff)) & (PLACES - 1);
    }

    static byte[] digest(String token) {
        try {
            // A copy costs less than the search for the algorithm.
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return digest.digest(token.getBytes(StandardCharsets.ISO_8859_1));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
