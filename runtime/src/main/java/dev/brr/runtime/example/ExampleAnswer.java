package dev.brr.runtime.example;

import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer made from the document.
 *
 * @param status the HTTP status
 * @param mediaType the media type, unless the response has no body
 * @param headers the headers beside the media type, in the form they are sent in
 * @param bytes the body; not to be changed
 * @param violations where an example that the document gives departs from the document's own schema
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record ExampleAnswer(
        int status,
        Optional<MediaType> mediaType,
        Map<String, String> headers,
        byte[] bytes,
        List<Violation> violations) {}
