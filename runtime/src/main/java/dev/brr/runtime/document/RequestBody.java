package dev.brr.runtime.document;

import java.util.List;

/**
 * Describes what a request may carry.
 *
 * @param required whether a request without a body is refused
 * @param content the media types it may come in, in the document's order
 */
public record RequestBody(boolean required, List<MediaTypeDeclaration> content) {
    public RequestBody {
        content = List.copyOf(content);
    }
}
