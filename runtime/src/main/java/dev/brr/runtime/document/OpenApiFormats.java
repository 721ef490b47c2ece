package dev.brr.runtime.document;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The formats of OpenAPI that JSON Schema does not know, {@code int32}, {@code int64} and {@code byte}, and {@code email}
 * for any domain: the validator's own takes only top-level domains that were known when it was made.
 */
final class OpenApiFormats {
    static final List<Format> ALL =
            List.of(new WholeNumber("int32", 31), new WholeNumber("int64", 63), new Bytes(), new Mailbox());

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

    /** Holds text to a mailbox (RFC 5321, section 4.1.2). */
    private static final class Mailbox implements Format {
        private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
        private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";
        private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
        private static final String LITERAL =
                "\\[(?:" + NUMBER + "(?:\\." + NUMBER + "){3}|IPv6:[0-9A-Fa-f:.]{2,45})\\]";
        private static final Pattern PATTERN = Pattern.compile("(?<local>" + ATOM + "(?:\\." + ATOM + ")*+|" + QUOTED
                + ")@(?:" + LABEL + "(?:\\." + LABEL + ")*+|" + LITERAL + ")");
        private static final int MAX_LOCAL = 64;
        private static final int MAX_LENGTH = 254;

        @Override
        public String getName() {
            return "email";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            if (value.length() > MAX_LENGTH) {
                return false;
            }
            Matcher matcher = PATTERN.matcher(value);
            return matcher.matches() && matcher.group("local").length() <= MAX_LOCAL;
        }
    }
}
