package dev.brr.runtime.handler;

import java.util.Optional;

/**
 * One part of a multipart form.
 *
 * @param name the name of the field
 * @param fileName the client's name for the file, if it is one; never to be trusted as a path
 * @param mediaType the part's media type
 * @param bytes its content; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Part(String name, Optional<String> fileName, String mediaType, byte[] bytes) {}
