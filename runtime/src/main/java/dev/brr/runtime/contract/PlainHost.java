package dev.brr.runtime.contract;

/** A host's name in ASCII (RFC 1123, section 2.1): labels of letters, digits and inner hyphens. */
final class PlainHost {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    private PlainHost() {}

    /**
     * Finds where a name ends.
     *
     * <p>The last label is one of letters, as those of all registered domains and of {@code localhost} are; else it might be
     * an address.
     *
     * @return the first character behind it; less than none where there is no plain name
     */
    static int end(String text, int from) {
        int label = from;
        int at = from;
        boolean letters = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                if (!isLabel(text, label, at)) {
                    return -1;
                }
                label = at + 1;
                letters = true;
            } else if (PlainFormat.isAlphanumeric(c) || c == '-') {
                letters &= c > '9';
            } else {
                break;
            }
            at++;
        }
        return letters && at - label > 1 && at - from <= MAX_NAME && isLabel(text, label, at) ? at : -1;
    }

    private static boolean isLabel(String text, int from, int to) {
        return to > from && to - from <= MAX_LABEL && text.charAt(from) != '-' && text.charAt(to - 1) != '-';
    }
}
