package dev.brr.runtime.document;

import java.util.List;

/**
 * Describes one response.
 *
 * @param status {@code 200}, {@code 2XX} or {@code default}
 * @param content the media types it may come in, in the document's order; empty when it has no body
 * @param headers the headers it may carry, or has to
 */
public record ResponseDeclaration(String status, List<MediaTypeDeclaration> content, List<Parameter> headers) {
    public ResponseDeclaration {
        content = List.copyOf(content);
        headers = List.copyOf(headers);
    }
}
