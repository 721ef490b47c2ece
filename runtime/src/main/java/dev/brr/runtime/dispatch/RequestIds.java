package dev.brr.runtime.dispatch;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Names requests: by the client's {@code x-request-id} if it is fit for a log, or else by chance. */
final class RequestIds {
    private static final int MAX_LENGTH = 128;
    private static final HexFormat HEX = HexFormat.of();

    private RequestIds() {}

    static String of(List<String> given) {
        if (given.size() == 1 && isFit(given.getFirst())) {
            return given.getFirst();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    private static boolean isFit(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RequestIds::isFit);
    }

    private static boolean isFit(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "-_.:".indexOf(c) >= 0;
    }
}
