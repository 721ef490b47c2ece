package dev.brr.runtime.document;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The formats of OpenAPI that JSON Schema does not know: {@code int32}, {@code int64} and {@code byte}. */
final class OpenApiFormats {
    static final List<Format> ALL = List.of(new WholeNumber("int32", 31), new WholeNumber("int64", 63), new Bytes());

    private OpenApiFormats() {}

    /** Holds a whole number to the range of a two's complement number; other values are not its concern. */
    private record WholeNumber(String name, int bits) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, SchemaContext schema, JsonNode value) {
            if (!value.isNumber()) {
                return true;
            }
            if (value.isInt()) {
                return true;
            }
            if (value.isDouble() || value.isFloat()) {
                return Math.abs(value.doubleValue()) <= Math.scalb(1.0, bits);
            }
            if (!value.isIntegralNumber()) {
                return value.decimalValue()
                                .abs()
                                .compareTo(BigDecimal.valueOf(2).pow(bits))
                        <= 0;
            }
            BigInteger number = value.bigIntegerValue();
            return number.bitLength() <= bits;
        }
    }

    /** Holds text to base64 (RFC 4648, section 4). */
    private static final class Bytes implements Format {
        @Override
        public String getName() {
            return "byte";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            try {
                Base64.getDecoder().decode(value);
                return value.length() % 4 == 0;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }
}
