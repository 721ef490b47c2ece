package dev.brr.runtime.contract;

import dev.brr.runtime.spool.Content;
import java.util.Optional;

/**
 * One part of a multipart form.
 *
 * @param name the name of the field
 * @param fileName the name the client gives the file, if it is one; never to be trusted as a path
 * @param mediaType the part's own media type, {@code text/plain} where it names none
 * @param content what it holds
 */
public record FormPart(String name, Optional<String> fileName, MediaType mediaType, Content content) {

    /** The content on the heap; not to be changed. */
    byte[] bytes() {
        return content.bytes();
    }
}
