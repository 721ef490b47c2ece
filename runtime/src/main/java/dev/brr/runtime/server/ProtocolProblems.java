package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.problem.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Answers what is no HTTP request, or too big a one, with a problem like any other. */
final class ProtocolProblems implements DirectHandler {

    private final int maxHeaderBytes;

    private ProtocolProblems(int maxHeaderBytes) {
        this.maxHeaderBytes = maxHeaderBytes;
    }

    static Problem headersTooLarge() {
        return Problem.custom(
                431, "Request Header Fields Too Large", "The headers of the request are too many or too large");
    }

    /** Gives handlers for every kind of failure that the server meets before a request reaches the service. */
    static DirectHandlers handlers(int maxHeaderBytes) {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, new ProtocolProblems(maxHeaderBytes));
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        ConnectionWatch watch = WatchedConnection.current().watch();
        // The parser of headers stops at the limit, with the same status as for headers that are none.
        boolean head = watch.phase() == ConnectionWatch.Phase.HEAD;
        if (status.code() == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            // The web server has refused the coding, with the status of what is no request at all.
            watch.linger();
            headers.set(HeaderNames.ACCEPT_ENCODING, "identity");
            return answer(Statuses.of(415), unknownCoding(), type, headers);
        }
        boolean headersTooLarge = status.code() == 400 && head && watch.bytes() >= maxHeaderBytes;
        if (headersTooLarge || status.code() == 413 || status.code() == 414) {
            // There is more to come, and a connection that is closed meanwhile would lose the answer.
            watch.linger();
        }
        // While the head is read nothing can fail but what is wrong with it: a method that is no word, for example.
        int code = headersTooLarge ? 431 : head && status.code() == 500 ? 400 : status.code();
        Status answered = Statuses.of(code);
        Problem problem = switch (answered.code()) {
            case 431 -> headersTooLarge();
            case 400 -> Problem.badRequest("The request is not well formed");
            case 404 -> Problem.notFound();
            case 414 -> Problem.targetTooLong(Dispatcher.MAX_TARGET);
            default -> Problem.custom(answered.code(), answered.reasonPhrase(), answered.reasonPhrase());
        };
        return answer(answered, problem, type, headers);
    }

    private static Problem unknownCoding() {
        return Problem.custom(
                415, "Unsupported Media Type", "The request has a Content-Encoding; bodies are taken as they are");
    }

    private static TransportResponse answer(
            Status status, Problem problem, EventType type, ServerResponseHeaders headers) {
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(problem.json())
                .build();
    }
}
