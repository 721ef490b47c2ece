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

    /** Gives handlers for every kind of failure that the server meets before a request reaches the service. */
    static DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, new ProtocolProblems());
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        Problem problem = switch (status.code()) {
            case 400 -> Problem.badRequest("The request is not well formed");
            case 404 -> Problem.notFound();
            case 414 -> Problem.targetTooLong(Dispatcher.MAX_TARGET);
            default -> Problem.custom(status.code(), status.reasonPhrase(), status.reasonPhrase());
        };
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(problem.json())
                .build();
    }
}
