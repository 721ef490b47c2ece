package dev.brr.jemalloc.conf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the short fingerprint by which a metric shows whether a process was started with the options it should have. */
public final class ConfHash {

    private static final int BYTES = 6;

    private ConfHash() {}

    /** Returns the first 12 hexadecimal digits of the SHA-256 of a {@code MALLOC_CONF} as it was given. */
    public static String of(String mallocConf) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(mallocConf.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
