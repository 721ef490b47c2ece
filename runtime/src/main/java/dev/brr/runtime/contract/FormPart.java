package dev.brr.runtime.contract;

import java.util.Optional;

/**
 * One part of a multipart form.
 *
 * @param name the name of the field
 * @param fileName the name the client gives the file, if it is one; never to be trusted as a path
 * @param mediaType the part's own media type, {@code text/plain} where it names none
 * @param bytes the content; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record FormPart(String name, Optional<String> fileName, MediaType mediaType, byte[] bytes) {}
