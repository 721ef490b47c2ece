package dev.brr.runtime.contract;

import dev.brr.runtime.document.Parameter.Style;
import java.util.ArrayList;
import java.util.List;

/** Splits raw text at the delimiters of the parameter styles. */
final class Delimited {
    private Delimited() {}

    /** Splits at one character; empty text has no items. */
    static List<String> split(String raw, char delimiter) {
        List<String> items = new ArrayList<>();
        if (raw.isEmpty()) {
            return items;
        }
        int from = 0;
        for (int at = raw.indexOf(delimiter); at >= 0; at = raw.indexOf(delimiter, from)) {
            items.add(raw.substring(from, at));
            from = at + 1;
        }
        items.add(raw.substring(from));
        return items;
    }

    /** Splits a query value that is not exploded: at commas, encoded spaces or (encoded) pipes. */
    static List<String> splitQuery(String raw, Style style) {
        return switch (style) {
            case SPACE_DELIMITED -> split(raw.replace("%20", "+"), '+');
            case PIPE_DELIMITED -> split(raw.replace("%7C", "|").replace("%7c", "|"), '|');
            default -> split(raw, ',');
        };
    }

    /**
     * Writes commas out that are percent-encoded. By the letter (RFC 6570) they belong to the values, yet many clients
     * encode the delimiters too.
     *
     * @return the same text where there is nothing to write out, or where plain commas delimit already
     */
    static String plainCommas(String raw) {
        return raw.indexOf(',') >= 0 ? raw : raw.replace("%2C", ",").replace("%2c", ",");
    }

    /** Splits the rest of a label at commas, or at dots as documents before OpenAPI 3.1.1 have it. */
    static List<String> splitLabel(String rest, boolean explode) {
        return split(rest, explode || rest.indexOf(',') < 0 ? '.' : ',');
    }

    /** Splits a matrix, {@code ;name=a;name=b}, into its pairs. */
    static List<String> matrixPairs(String raw, String name) throws ParameterException {
        if (!raw.startsWith(";")) {
            throw new ParameterException("has to begin with a semicolon: ;" + name + "=");
        }
        return split(raw.substring(1), ';');
    }

    /** Takes the values out of pairs that all have one name; a name alone stands for empty text. */
    static List<String> matrixValues(List<String> pairs, String name) throws ParameterException {
        List<String> values = new ArrayList<>();
        for (String pair : pairs) {
            if (!pair.equals(name) && !pair.startsWith(name + "=")) {
                throw new ParameterException("has to be written as ;" + name + "=");
            }
            values.add(pair.equals(name) ? "" : pair.substring(name.length() + 1));
        }
        return values;
    }
}
