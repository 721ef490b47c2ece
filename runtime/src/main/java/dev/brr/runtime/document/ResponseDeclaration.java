package dev.brr.runtime.document;

import java.util.List;

/**
 * Describes one response.
 *
 * @param status {@code 200}, {@code 2XX} or {@code default}
 * @param content the media types it may come in, in the document's order; empty when it has no body
 * @param requiredHeaders names of the headers it has to carry
 */
public record ResponseDeclaration(String status, List<MediaTypeDeclaration> content, List<String> requiredHeaders) {
    public ResponseDeclaration {
        content = List.copyOf(content);
        requiredHeaders = List.copyOf(requiredHeaders);
    }
}
