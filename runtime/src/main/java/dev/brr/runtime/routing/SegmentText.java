package dev.brr.runtime.routing;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The text of one path segment with some of its percent-encodings decoded, and where each character of it stands in the
 * request.
 *
 * @param text the text to compare with
 * @param raw the segment as it was sent
 * @param places the index in {@code raw} of each character of {@code text}, and the length of {@code raw}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SegmentText(String text, String raw, int[] places) {

    /**
     * Decodes what means the same encoded and not: letters, digits, {@code -._~}, and all beyond ASCII (RFC 3986, section
     * 6.2.2.2). A comma that was sent encoded is no delimiter.
     *
     * @param raw well encoded UTF-8
     */
    static SegmentText normalized(String raw) {
        return decoded(raw, SegmentText::isUnreserved);
    }

    /**
     * Decodes everything.
     *
     * @param raw well encoded UTF-8
     */
    static SegmentText plain(String raw) {
        return decoded(raw, _ -> true);
    }

    private static SegmentText decoded(String raw, IntPredicate wanted) {
        StringBuilder text = new StringBuilder(raw.length());
        int[] places = new int[raw.length() + 1];
        int at = 0;
        while (at < raw.length()) {
            int length = raw.charAt(at) == '%' ? 3 * bytes(raw, at) : 1;
            String sent = raw.substring(at, at + length);
            String character = Percent.decode(sent);
            String part = wanted.test(character.codePointAt(0)) ? character : sent;
            for (int i = 0; i < part.length(); i++) {
                places[text.length() + i] = at + i;
            }
            text.append(part);
            at += length;
        }
        places[text.length()] = raw.length();
        return new SegmentText(text.toString(), raw, Arrays.copyOf(places, text.length() + 1));
    }

    /** The number of bytes of the UTF-8 character whose first byte stands encoded at an index. */
    private static int bytes(String raw, int at) {
        int first = Integer.parseInt(raw, at + 1, at + 3, 16);
        return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    private static boolean isUnreserved(int character) {
        return character >= 0x80 || Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0;
    }

    /** The part of the segment, as it was sent, between two indexes of the text. */
    String sent(int from, int to) {
        return raw.substring(places[from], places[to]);
    }
}
