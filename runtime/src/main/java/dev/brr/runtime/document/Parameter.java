package dev.brr.runtime.document;

import java.util.Optional;

/**
 * Describes one parameter.
 *
 * @param name its name; header names compare without regard to case
 * @param in where it travels
 * @param style how it is written
 * @param explode whether each array item or object property is written as a value of its own
 * @param required whether a request without it is refused
 * @param schemaPointer where its schema stands in the document; none when it takes any text
 * @param allowsEmpty whether a query may name it without a value, whatever its schema says
 * @param mediaType the media type of its text, for a parameter with {@code content} in place of a style
 */
public record Parameter(
        String name,
        Location in,
        Style style,
        boolean explode,
        boolean required,
        boolean allowsEmpty,
        Optional<String> schemaPointer,
        Optional<String> mediaType) {

    /** Where a parameter travels. */
    public enum Location {
        PATH("path", Style.SIMPLE),
        QUERY("query", Style.FORM),
        HEADER("header", Style.SIMPLE),
        COOKIE("cookie", Style.FORM);

        private final String term;
        private final Style defaultStyle;

        Location(String term, Style defaultStyle) {
            this.term = term;
            this.defaultStyle = defaultStyle;
        }

        /** The word OpenAPI uses. */
        public String term() {
            return term;
        }

        Style defaultStyle() {
            return defaultStyle;
        }
    }

    /** How a parameter is written. */
    public enum Style {
        SIMPLE("simple"),
        LABEL("label"),
        MATRIX("matrix"),
        FORM("form"),
        SPACE_DELIMITED("spaceDelimited"),
        PIPE_DELIMITED("pipeDelimited"),
        DEEP_OBJECT("deepObject");

        private final String term;

        Style(String term) {
            this.term = term;
        }

        /** The word OpenAPI uses. */
        public String term() {
            return term;
        }
    }
}
