package dev.brr.runtime.contract;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites whole numbers that were written with an exponent or a fraction of zeros. */
final class WideNumbers {
    /** Beyond this no double reaches; a decimal that does would cost memory by its exponent. */
    private static final int MAX_SCALE = 400;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WideNumbers() {}

    /** Gives a copy in which each such number is written by its digits. */
    static JsonNode whole(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                copy.set(member.getKey(), whole(member.getValue()));
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(item -> copy.add(whole(item)));
            return copy;
        }
        return value.isNumber() && !value.isIntegralNumber() ? number(value) : value;
    }

    private static JsonNode number(JsonNode value) {
        if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
            return value;
        }
        BigDecimal decimal = value.decimalValue().stripTrailingZeros();
        return decimal.scale() <= 0 && decimal.scale() >= -MAX_SCALE ? NODES.numberNode(decimal.toBigInteger()) : value;
    }
}
