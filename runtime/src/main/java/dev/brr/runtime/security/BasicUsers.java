package dev.brr.runtime.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The users of an HTTP basic scheme, with the SHA-256 of each password. Its text form says how many there are.
 *
 * <p>Read from lines {@code user:password} or {@code user:{SHA256}hex}; empty lines and those that begin with {@code #}
 * are passed over. A user may stand there twice, with an old and a new password.
 */
public final class BasicUsers {
    private static final String HASHED = "{sha256}";
    private static final byte[] NO_DIGEST = new byte[32];

    /** By the digest of the name, so that the time of a look-up says nothing about names that are near. */
    private final Map<ByteBuffer, List<byte[]>> passwords = new HashMap<>();

    private BasicUsers() {}

    /** What came of reading: users, or mistakes that name their line and hold no password. */
    public record Reading(BasicUsers users, List<String> mistakes) {}

    /** Reads users from the text of a file. */
    public static Reading read(String text) {
        BasicUsers users = new BasicUsers();
        List<String> mistakes = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String mistake = users.add(line);
                if (!mistake.isEmpty()) {
                    mistakes.add("line " + number + " " + mistake);
                }
            }
        }
        if (users.passwords.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("has no line user:password");
        }
        return new Reading(users, List.copyOf(mistakes));
    }

    private String add(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return colon < 0 ? "is not of the form user:password" : "names no user";
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        String password = line.substring(colon + 1);
        if (password.isEmpty()) {
            return "has no password";
        }
        byte[] digest;
        if (password.toLowerCase(Locale.ROOT).startsWith(HASHED)) {
            try {
                digest = HexFormat.of().parseHex(password.substring(HASHED.length()));
            } catch (IllegalArgumentException _) {
                digest = new byte[0];
            }
            if (digest.length != NO_DIGEST.length) {
                return "has a {SHA256} that is not 64 hexadecimal digits";
            }
        } else {
            digest = sha256(password);
        }
        passwords
                .computeIfAbsent(ByteBuffer.wrap(sha256(line.substring(0, colon))), _ -> new ArrayList<>())
                .add(digest);
        return "";
    }

    /** Compares with every password of the user, in a time that tells neither where they differ nor who is a user. */
    boolean accept(String user, String password) {
        byte[] given = sha256(password);
        List<byte[]> own = passwords.get(ByteBuffer.wrap(sha256(user)));
        boolean accepted = false;
        for (byte[] digest : own == null ? List.of(NO_DIGEST) : own) {
            accepted |= MessageDigest.isEqual(digest, given);
        }
        return accepted && own != null;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "BasicUsers[" + passwords.size() + "]";
    }
}
