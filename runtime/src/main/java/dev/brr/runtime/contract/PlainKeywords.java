package dev.brr.runtime.contract;

import dev.brr.runtime.contract.PlainSchema.Text;
import dev.brr.runtime.contract.PlainSchema.Whole;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the keywords of a schema that lead to no other schema; null where one is more than a {@link PlainSchema} knows. */
final class PlainKeywords {
    private static final int LONG_DIGITS = 19;

    private PlainKeywords() {}

    static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isString()) {
            return Set.of(type.stringValue());
        }
        Set<String> types = new HashSet<>();
        type.forEach(one -> types.add(one.asString("")));
        return types;
    }

    static @Nullable Text text(JsonNode schema, PlainFormat format) {
        JsonNode regex = schema.get("pattern");
        PlainPattern pattern =
                regex == null ? null : PlainPattern.of(regex.asString("")).orElse(null);
        if (regex != null && pattern == null) {
            return null;
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        return least == 0 && most == Integer.MAX_VALUE && format == PlainFormat.ANY && pattern == null
                ? Text.any()
                : new Text(least, most, format, pattern);
    }

    static @Nullable Whole whole(JsonNode schema, String format) {
        long minimum = format.equals("int32") ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long maximum = format.equals("int32") ? Integer.MAX_VALUE : Long.MAX_VALUE;
        Long least = bound(schema.get("minimum"), minimum);
        Long most = bound(schema.get("maximum"), maximum);
        return least == null || most == null ? null : new Whole(Math.max(least, minimum), Math.min(most, maximum));
    }

    private static @Nullable Long bound(@Nullable JsonNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        boolean isInfinite = node.isDouble() && !Double.isFinite(node.doubleValue());
        if (!node.isNumber() || isInfinite) {
            return null;
        }
        BigDecimal bound = node.decimalValue();
        if ((long) bound.precision() - bound.scale() > LONG_DIGITS) {
            return null;
        }
        try {
            return bound.longValueExact();
        } catch (ArithmeticException _) {
            return null;
        }
    }
}
