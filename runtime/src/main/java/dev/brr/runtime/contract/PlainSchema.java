package dev.brr.runtime.contract;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schema of the keywords that nearly all documents keep to, compiled to a few comparisons.
 *
 * <p>It errs on one side only: what it {@link #admits} is valid. What it does not admit may be valid all the same, and is
 * for the validator to judge, which also says what is wrong. {@link PlainSchemaCompiler} makes none of a schema that has a
 * keyword it does not know.
 */
sealed interface PlainSchema {

    /** Whether the value is valid beyond doubt. */
    boolean admits(JsonNode value);

    /** The schema {@code true}. */
    record Anything() implements PlainSchema {
        @Override
        public boolean admits(JsonNode value) {
            return true;
        }
    }

    /** Every one of several, as in {@code allOf} and beside {@code $ref}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record All(PlainSchema[] schemas) implements PlainSchema {
        @Override
        public boolean admits(JsonNode value) {
            for (PlainSchema schema : schemas) {
                if (!schema.admits(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One of several at least. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Any(PlainSchema[] schemas) implements PlainSchema {
        @Override
        public boolean admits(JsonNode value) {
            for (PlainSchema schema : schemas) {
                if (schema.admits(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What a schema asks of the value's type, and of values of that type. Null where it admits none of the type. */
    record Typed(
            @Nullable Text text,
            @Nullable Whole whole,
            boolean numbers,
            boolean booleans,
            boolean nulls,
            @Nullable Items items,
            @Nullable Members members)
            implements PlainSchema {
        @Override
        public boolean admits(JsonNode value) {
            return switch (value.getNodeType()) {
                case STRING -> text != null && text.admits(value.stringValue());
                case NUMBER ->
                    value.isInt() || value.isLong() ? whole != null && whole.admits(value.longValue()) : numbers;
                case BOOLEAN -> booleans;
                case NULL -> nulls;
                case ARRAY -> items != null && items.admits(value);
                case OBJECT -> members != null && members.admits(value);
                default -> false;
            };
        }
    }

    /** Bounds of a text's length, in code points, its format, and what it has to match, if anything. */
    record Text(
            int minLength,
            int maxLength,
            PlainFormat format,
            @Nullable PlainPattern pattern) {
        private static final Text ANY = new Text(0, Integer.MAX_VALUE, PlainFormat.ANY, null);

        static Text any() {
            return ANY;
        }

        boolean admits(String text) {
            return isLongEnough(text) && format.admits(text) && (pattern == null || pattern.admits(text));
        }

        private boolean isLongEnough(String text) {
            int units = text.length();
            if (units > maxLength) {
                return units / 2 <= maxLength && text.codePointCount(0, units) <= maxLength;
            }
            return units >= minLength && (minLength < 2 || text.codePointCount(0, units) >= minLength);
        }
    }

    /** Bounds of a whole number. */
    record Whole(long minimum, long maximum) {
        boolean admits(long number) {
            return number >= minimum && number <= maximum;
        }
    }

    /** What an array's items have to be. */
    record Items(
            int minItems,
            int maxItems,
            boolean unique,
            @Nullable PlainSchema each) {
        /** More are not worth comparing each with each. */
        private static final int MOST_COMPARED = 16;

        boolean admits(JsonNode array) {
            int size = array.size();
            if (size < minItems || size > maxItems || (unique && !differ(array, size))) {
                return false;
            }
            if (each != null) {
                for (int i = 0; i < size; i++) {
                    if (!each.admits(array.get(i))) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Only of texts: the same number can be written in two ways. */
        private static boolean differ(JsonNode array, int size) {
            if (size < 2) {
                return true;
            }
            if (size > MOST_COMPARED) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                JsonNode one = array.get(i);
                if (!one.isString()) {
                    return false;
                }
                for (int j = 0; j < i; j++) {
                    if (one.stringValue().equals(array.get(j).stringValue())) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /**
     * What an object's members have to be.
     *
     * @param names the properties' names
     * @param schemas their schemas, in the order of the names
     * @param required the first so many of the names that have to be there
     * @param others what members of other names have to be; null where there must be none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Members(
            String[] names,
            PlainSchema[] schemas,
            int required,
            int least,
            int most,
            @Nullable PlainSchema others) {
        boolean admits(JsonNode object) {
            int size = object.size();
            if (size < least || size > most) {
                return false;
            }
            int known = 0;
            for (int i = 0; i < names.length; i++) {
                JsonNode member = object.get(names[i]);
                if (member != null) {
                    known++;
                    if (!schemas[i].admits(member)) {
                        return false;
                    }
                } else if (i < required) {
                    return false;
                }
            }
            return known == size || others instanceof Anything || (others != null && othersAdmit(object));
        }

        private boolean othersAdmit(JsonNode object) {
            for (var member : object.properties()) {
                if (!isKnown(member.getKey()) && (others == null || !others.admits(member.getValue()))) {
                    return false;
                }
            }
            return true;
        }

        private boolean isKnown(String name) {
            for (String known : names) {
                if (known.equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One of so many texts: {@code enum} and {@code const}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OneOfTexts(String[] texts) implements PlainSchema {
        @Override
        public boolean admits(JsonNode value) {
            if (!value.isString()) {
                return false;
            }
            String given = value.stringValue();
            for (String text : texts) {
                if (text.equals(given)) {
                    return true;
                }
            }
            return false;
        }
    }
}
