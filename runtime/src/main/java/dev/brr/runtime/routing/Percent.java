package dev.brr.runtime.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded text (RFC 3986) as UTF-8, strictly. */
public final class Percent {

    private Percent() {}

    /**
     * Decodes; a plus sign stays a plus sign.
     *
     * @throws IllegalArgumentException when a percent sign is not followed by two hexadecimal digits, or the bytes are
     *     not UTF-8
     */
    public static String decode(String text) {
        return text.indexOf('%') < 0 ? text : decoded(text);
    }

    /** Decodes the text of a query or urlencoded form, where a plus sign means a space. */
    public static String decodeForm(String text) {
        return decode(text.indexOf('+') < 0 ? text : text.replace('+', ' '));
    }

    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '%') {
                if (i + 2 >= bytes.length) {
                    throw new IllegalArgumentException("a percent sign has to be followed by two hexadecimal digits");
                }
                next = (byte) (hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
                i += 2;
            }
            bytes[length++] = next;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the percent-encoded bytes are not UTF-8", e);
        }
    }

    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw new IllegalArgumentException("a percent sign has to be followed by two hexadecimal digits");
        }
        return value;
    }
}
