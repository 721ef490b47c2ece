package dev.brr.runtime.dispatch;

import dev.brr.runtime.handler.EventSource;
import dev.brr.runtime.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a server sends it.
 *
 * @param status the HTTP status
 * @param contentType the content type; null without a body
 * @param headers further headers
 * @param body the body; not to be changed
 * @param events what writes the body instead, if it is a stream
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Reply(
        int status, @Nullable String contentType, List<Header> headers, byte[] body, Optional<EventSource> events) {
    private static final byte[] NO_BODY = new byte[0];

    /** A header of an answer. */
    public record Header(String name, String value) {}

    /** An answer with a body. */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, contentType, List.of(), body, Optional.empty());
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, null, List.of(), NO_BODY, Optional.empty());
    }

    /** An answer that says what went wrong. */
    public static Reply of(Problem problem) {
        return of(problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    /** The same with one more header. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, contentType, more, body, events);
    }
}
