package dev.brr.runtime.document;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Bounds the numbers of a document: to compute with a few bytes like {@code 1e-999999999} would take all memory. */
final class Numbers {
    /** No double needs more to be told from its neighbours, and none reaches as far. */
    static final int MAX_DIGITS = 400;

    private static final int SHOWN = 40;

    private Numbers() {}

    /**
     * Gives the number back if it can be computed with.
     *
     * @throws NumberFormatException when its exponent is beyond that of a double
     */
    static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MAX_DIGITS || Double.isInfinite(number.doubleValue())) {
            throw new NumberFormatException("the exponent is too large");
        }
        return number;
    }

    /** Whether a parsed number stands for one. */
    static boolean isFinite(JsonNode node) {
        return !(node.isDouble() || node.isFloat()) || Double.isFinite(node.doubleValue());
    }

    /** Shortens a text for a message. */
    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
