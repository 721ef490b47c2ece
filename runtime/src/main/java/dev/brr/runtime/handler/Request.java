package dev.brr.runtime.handler;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that holds to the document. */
public interface Request {

    /** The operationId of the operation. */
    String operationId();

    /** The id that the log and the answer's {@code x-request-id} have. */
    String requestId();

    /** The HTTP method in upper case. */
    String method();

    /**
     * Who calls, by each security scheme that the operation asked for, in the document's order; empty where anyone may
     * call and nobody in particular does.
     */
    List<Principal> principals();

    /** The first of {@link #principals} that has a name. */
    default Optional<Principal> principal() {
        return principals().stream()
                .filter(principal -> !principal.name().isEmpty())
                .findFirst();
    }

    /**
     * The trace that the request belongs to, as a {@code traceparent} header (W3C Trace Context) to send on to the services
     * that the handler calls; nothing when the caller named none, or none that is well formed.
     */
    default Optional<String> traceParent() {
        return Optional.empty();
    }

    /**
     * The {@code tracestate} header that came with {@link #traceParent}, to send on unchanged beside it; nothing when there
     * is none, or when the trace is none of the caller's.
     */
    default Optional<String> traceState() {
        return Optional.empty();
    }

    /**
     * The media type of a successful answer that the client accepts and the document declares, as the document writes it;
     * an answer that names none gets it. Nothing when the document declares none.
     */
    default Optional<String> responseMediaType() {
        return Optional.empty();
    }

    /**
     * A path parameter, by its name in the template.
     *
     * @throws IllegalArgumentException when the document declares none of that name
     */
    Value path(String name);

    /** A query parameter that the document declares; one that it does not is absent. */
    Value query(String name);

    /** A header parameter that the document declares. */
    Value header(String name);

    /** A cookie parameter that the document declares. */
    Value cookie(String name);

    /**
     * The body as plain values: a map, list, text, number, boolean or null. Forms are maps.
     *
     * @return nothing when there is no body, or when its media type has no value (binary)
     */
    Optional<Object> body();

    /** The body as an object; empty when there is none or it is something else. */
    Map<String, Object> bodyMap();

    /**
     * The body mapped to a record or class by the names of its components.
     *
     * @throws ProblemException (400) when there is none, or it is null; or the one that the class's own constructor throws
     * @throws IllegalStateException when it holds to the document and does not fit the class. Then the handler and its
     *     document disagree, and the client, who kept to the document, gets a 500
     */
    <T> T body(Class<T> type);

    /**
     * The body as it came, on the heap; empty when there is none, and for multipart forms. Not to be changed.
     *
     * @throws java.io.UncheckedIOException when the request has ended
     */
    byte[] bodyBytes();

    /**
     * Reads the body as it came. A large one of a binary media type is on disk, so that this takes no heap.
     *
     * @throws IOException when the request has ended
     */
    InputStream bodyStream() throws IOException;

    /** The parts of a multipart form. */
    List<Part> parts();
}
