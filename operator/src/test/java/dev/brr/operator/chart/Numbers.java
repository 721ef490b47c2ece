package dev.brr.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Makes trees comparable whose parsers differ in how they hold a number. */
final class Numbers {

    private Numbers() {}

    /** A copy in which 1000, 1000.0 and 1e3 are the same node. */
    static JsonNode asDecimals(JsonNode tree) {
        if (tree.isNumber()) {
            return DecimalNode.valueOf(tree.decimalValue().stripTrailingZeros());
        }
        if (tree.isObject()) {
            var copy = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(entry -> copy.set(entry.getKey(), asDecimals(entry.getValue())));
            return copy;
        }
        if (tree instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(asDecimals(item)));
            return copy;
        }
        return tree;
    }
}
