package dev.brr.runtime.contract;

import dev.brr.runtime.spool.Content;
import java.util.Map;
import java.util.Optional;

/**
 * One part of a multipart form.
 *
 * @param name the name of the field
 * @param fileName the name the client gives the file, if it is one; never to be trusted as a path
 * @param mediaType the part's own media type, {@code text/plain} where it names none
 * @param content what it holds
 * @param headers its headers, by names in lower case
 */
public record FormPart(
        String name, Optional<String> fileName, MediaType mediaType, Content content, Map<String, String> headers) {
    /** A part without further headers. */
    public FormPart(String name, Optional<String> fileName, MediaType mediaType, Content content) {
        this(name, fileName, mediaType, content, Map.of());
    }

    /** The content on the heap; not to be changed. */
    byte[] bytes() {
        return content.bytes();
    }
}
