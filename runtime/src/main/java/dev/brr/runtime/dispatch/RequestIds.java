package dev.brr.runtime.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Names requests: by the client's {@code x-request-id} if it is fit for a log, or else by chance. */
public final class RequestIds {
    /** The header that carries the name, in a request and in its answer. */
    public static final String HEADER = "x-request-id";

    private static final int MAX_LENGTH = 128;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private RequestIds() {}

    /** Names a request by the values of that header. */
    public static String of(List<String> given) {
        if (given.size() == 1 && isFit(given.getFirst())) {
            return given.getFirst();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] digits = new byte[32];
        hex(random.nextLong(), digits, 0);
        hex(random.nextLong(), digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static boolean isFit(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isFit(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void hex(long bits, byte[] digits, int from) {
        for (int i = 15; i >= 0; i--) {
            digits[from + i] = HEX[(int) bits & 15];
            bits >>>= 4;
        }
    }

    private static boolean isFit(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "-_.:".indexOf(c) >= 0;
    }
}
