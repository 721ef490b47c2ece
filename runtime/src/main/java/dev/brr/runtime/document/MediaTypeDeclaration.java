package dev.brr.runtime.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Describes a body in one media type.
 *
 * @param mediaType the media type or range as the document writes it
 * @param schemaPointer where the schema stands in the document, if there is one
 * @param example the first example that the document gives beside the schema, if there is one
 * @param encodings how single properties of a form are written, by property name
 */
public record MediaTypeDeclaration(
        String mediaType, Optional<String> schemaPointer, Optional<JsonNode> example, Map<String, Encoding> encodings) {
    public MediaTypeDeclaration {
        encodings = Map.copyOf(encodings);
    }

    /**
     * Describes how one property of a form is written.
     *
     * @param contentType the media types allowed for it, separated by commas; none when the schema decides
     * @param style how an array or object is written
     * @param explode whether each item is written as a value of its own
     * @param styled whether the document itself says style or explode; else a part of a multipart form has neither
     * @param headers what a part of a multipart form says of itself beside its content type
     */
    public record Encoding(
            Optional<String> contentType,
            Parameter.Style style,
            boolean explode,
            boolean styled,
            List<Parameter> headers) {
        public Encoding {
            headers = List.copyOf(headers);
        }

        /** With a style, and without headers. */
        public Encoding(Optional<String> contentType, Parameter.Style style, boolean explode) {
            this(contentType, style, explode, true, List.of());
        }
    }
}
