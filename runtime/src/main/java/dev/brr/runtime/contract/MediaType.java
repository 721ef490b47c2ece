package dev.brr.runtime.contract;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type or range, as in {@code Content-Type} and {@code Accept}.
 *
 * @param type the part before the slash, lower case, or {@code *}
 * @param subtype the part after it, lower case, or {@code *}
 * @param parameters such as {@code charset}, with names in lower case
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {

    /** Reads a media type; nothing when the text is none. */
    public static Optional<MediaType> parse(String text) {
        int semicolon = text.indexOf(';');
        String essence = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        int slash = essence.indexOf('/');
        if (slash <= 0 || slash == essence.length() - 1 || essence.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        String lower = essence.toLowerCase(Locale.ROOT);
        return Optional.of(new MediaType(
                lower.substring(0, slash),
                lower.substring(slash + 1),
                semicolon < 0 ? Map.of() : parameters(text.substring(semicolon + 1))));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : text.split(";")) {
            int equals = parameter.indexOf('=');
            String name =
                    equals < 0 ? "" : parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                String value = parameter.substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                parameters.putIfAbsent(name, quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return parameters;
    }

    /** Whether this range takes in the other type; parameters do not count. */
    public boolean includes(MediaType other) {
        return (type.equals("*") || type.equals(other.type)) && (subtype.equals("*") || subtype.equals(other.subtype));
    }

    /** Whether its text is JSON: {@code application/json} or any {@code +json}. */
    public boolean isJson() {
        return subtype.equals("json") || subtype.endsWith("+json");
    }

    /** How closely this range names a type: 0 for all, 1 for a kind, 2 for one type. */
    public int precision() {
        return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
    }

    /** Gives {@code type/subtype} without parameters. */
    public String essence() {
        return type + "/" + subtype;
    }
}
