package dev.brr.operator.build;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes sequences of parts so that no two different sequences run together. */
public final class Hash {

    private final MessageDigest digest;

    /** Creates an empty SHA-256. */
    public Hash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the SHA-256 of the parts in order, 64 hex digits. */
    public static String of(String... parts) {
        var hash = new Hash();
        for (var part : parts) {
            hash.add(part.getBytes(StandardCharsets.UTF_8));
        }
        return hash.hex();
    }

    /** Adds one part, its length first. */
    public Hash add(byte[] part) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).flip());
        digest.update(part);
        return this;
    }

    /** Returns the hash of what was added, 64 hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
