package dev.brr.runtime.contract;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
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
        if (!isToken(essence, 0, slash) || !isToken(essence, slash + 1, essence.length())) {
            return Optional.empty();
        }
        String lower = essence.toLowerCase(Locale.ROOT);
        return Optional.of(new MediaType(
                lower.substring(0, slash),
                lower.substring(slash + 1),
                semicolon < 0 ? Map.of() : MediaParameters.read(text, semicolon + 1)));
    }

    /** The form of the two parts of a media type (RFC 9110, section 5.6.2). */
    private static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return from < to;
    }

    /**
     * Counts the parameters of this declaration that the other type does not mention.
     *
     * <p>{@code q} and {@code boundary} say nothing of a type, {@code charset} nothing of JSON (RFC 8259, section 11). A
     * text that mentions no {@code charset} is UTF-8 here.
     *
     * @return -1 when it mentions one with another value
     */
    int missing(MediaType other) {
        int missing = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (isOfNoAccount(name)) {
                continue;
            }
            String theirs = other.parameters.getOrDefault(name, name.equals("charset") ? "utf-8" : null);
            if (theirs == null) {
                missing++;
            } else if (!(name.equals("charset")
                    ? theirs.equalsIgnoreCase(parameter.getValue())
                    : theirs.equals(parameter.getValue()))) {
                return -1;
            }
        }
        return missing;
    }

    /** Counts the parameters that tell this type from others of its name. */
    int named() {
        return (int) parameters.keySet().stream()
                .filter(name -> !isOfNoAccount(name))
                .count();
    }

    private boolean isOfNoAccount(String parameter) {
        return parameter.equals("q") || parameter.equals("boundary") || (parameter.equals("charset") && isJson());
    }

    /** Whether this range takes in the other type; parameters do not count. */
    public boolean includes(MediaType other) {
        return (type.equals("*") || type.equals(other.type))
                && (subtype.equals("*") || subtype.equals(other.subtype) || includesSuffix(other));
    }

    /** {@code application/*+json} takes in what ends so. */
    private boolean includesSuffix(MediaType other) {
        return subtype.startsWith("*+") && other.subtype.endsWith(subtype.substring(1));
    }

    /** Whether it names many types and not one. */
    public boolean isRange() {
        return type.equals("*") || subtype.equals("*") || subtype.startsWith("*+");
    }

    /** Whether its text is JSON: {@code application/json} or any {@code +json}. */
    public boolean isJson() {
        return subtype.equals("json") || subtype.endsWith("+json");
    }

    /** How closely this range names a type: 0 for all, 1 for a kind, 2 for a suffix, 3 for one type. */
    public int precision() {
        return type.equals("*") ? 0 : subtype.equals("*") ? 1 : subtype.startsWith("*+") ? 2 : 3;
    }

    /**
     * Gives the character set of a text, UTF-8 where it names none.
     *
     * @throws IllegalArgumentException with a message for the client when it is not known
     */
    public Charset charset() {
        String name = parameters.getOrDefault("charset", "utf-8");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("the charset " + name + " is not known", e);
        }
    }

    /** Gives it as it is written in a header. */
    public String text() {
        if (parameters.isEmpty()) {
            return essence();
        }
        StringBuilder text = new StringBuilder(essence());
        parameters.forEach((name, value) -> {
            boolean quoted = !isToken(value, 0, value.length());
            text.append("; ").append(name).append('=');
            text.append(quoted ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : value);
        });
        return text.toString();
    }

    /** Gives {@code type/subtype} without parameters. */
    public String essence() {
        return type + "/" + subtype;
    }
}
