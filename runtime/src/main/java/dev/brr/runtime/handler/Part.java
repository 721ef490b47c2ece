package dev.brr.runtime.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * One part of a multipart form. A large file is on disk, and gone when the handler has returned.
 *
 * <p>A part that the client named a file is not in {@link Request#body} when it is large: it is null there.
 */
public interface Part {

    /** The name of the field. */
    String name();

    /** The client's name for the file, if it is one; never to be trusted as a path. */
    Optional<String> fileName();

    /** The part's media type, in lower case and without parameters; {@code text/plain} where it names none. */
    String mediaType();

    /** How many bytes its content has. */
    long size();

    /**
     * Reads the content from its beginning, as often as one likes.
     *
     * @throws IOException when the request has ended
     */
    InputStream open() throws IOException;

    /**
     * The whole content on the heap; not to be changed. Meant for what is small: see {@link #size}.
     *
     * @throws UncheckedIOException when the request has ended
     */
    byte[] bytes();
}
