package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Turns text into the value that a schema means by it; what fits no type stays text, for the schema to refuse. */
final class TextValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    /** Longer digits are no number that a service computes with, and cost time that grows with their square. */
    private static final int MAX_DIGITS = 400;

    private TextValue() {}

    static JsonNode of(String text, SchemaShape shape) {
        if ((shape.allows(ValueType.INTEGER) || shape.allows(ValueType.NUMBER)) && startsNumber(text)) {
            if (WHOLE.matcher(text).matches()) {
                return whole(text);
            }
            if (DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
                return decimal(new BigDecimal(text), shape);
            }
        }
        if (shape.allows(ValueType.BOOLEAN) && (text.equals("true") || text.equals("false"))) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (shape.allows(ValueType.NULL) && text.equals("null") && !shape.allows(ValueType.STRING)) {
            return NODES.nullNode();
        }
        return NODES.stringNode(text);
    }

    /** JSON Schema takes 1.0 and 1e2 for integers, and so a handler is to find integers. */
    private static JsonNode decimal(BigDecimal number, SchemaShape shape) {
        boolean isWhole =
                shape.allows(ValueType.INTEGER) && number.stripTrailingZeros().scale() <= 0;
        return isWhole ? whole(number.toBigIntegerExact().toString()) : NODES.numberNode(number);
    }

    private static boolean startsNumber(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return false;
        }
        char first = text.charAt(0);
        return first == '-' || (first >= '0' && first <= '9');
    }

    private static JsonNode whole(String text) {
        if (text.length() < 10) {
            return NODES.numberNode(Integer.parseInt(text));
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Integer.SIZE
                ? NODES.numberNode(number.intValue())
                : number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }
}
