package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.RequestIds;
import dev.brr.runtime.problem.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import java.util.Optional;

/** Answers what is no HTTP request, or too big a one, with a problem like any other. */
final class ProtocolProblems implements DirectHandler {

    private static final int MAX_METHOD = 32;

    private final int maxHeaderBytes;
    private final Optional<EarlyAnswers> answers;

    private ProtocolProblems(int maxHeaderBytes, Optional<EarlyAnswers> answers) {
        this.maxHeaderBytes = maxHeaderBytes;
        this.answers = answers;
    }

    static Problem headersTooLarge() {
        return Problem.custom(
                431, "Request Header Fields Too Large", "The headers of the request are too many or too large");
    }

    /**
     * Gives handlers for every kind of failure that the server meets before a request reaches the service.
     *
     * @param answers where what such a request is answered is noted, if anywhere
     */
    static DirectHandlers handlers(int maxHeaderBytes, Optional<EarlyAnswers> answers) {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, new ProtocolProblems(maxHeaderBytes, answers));
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        WatchedConnection connection = WatchedConnection.current();
        // What came in one packet with the request before it has no phase of its own.
        boolean head = switch (connection.watch().phase()) {
            case HEAD, IDLE -> true;
            default -> false;
        };
        TransportResponse response = answer(connection.watch(), head, request, type, status, headers);
        // Who is cut off was told so, and that is noted there.
        if (head && !connection.isCut()) {
            answers.ifPresent(some -> note(some, request, response, connection.client()));
        }
        return response;
    }

    private TransportResponse answer(
            ConnectionWatch watch,
            boolean head,
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers) {
        // The parser of headers stops at the limit, with the same status as for headers that are none.
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

    /** Names what is known of what is no request. Anything may stand where a method or a path belongs: a secret, too. */
    private static void note(
            EarlyAnswers answers, TransportRequest request, TransportResponse response, String client) {
        answers.add(
                method(request.method()),
                path(request.path()),
                response.status().code(),
                0,
                response.entity().map(bytes -> bytes.length).orElse(0),
                client,
                response.headers().first(ServiceEndpoint.REQUEST_ID).orElse(""));
    }

    private static String method(String text) {
        boolean isName = text.length() <= MAX_METHOD && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        return isName ? text : "";
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.startsWith("/") ? path.substring(0, Math.min(path.length(), Dispatcher.MAX_TARGET)) : "";
    }

    private static Problem unknownCoding() {
        return Problem.custom(
                415, "Unsupported Media Type", "The request has a Content-Encoding; bodies are taken as they are");
    }

    private static TransportResponse answer(
            Status status, Problem problem, EventType type, ServerResponseHeaders headers) {
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(ServiceEndpoint.REQUEST_ID, RequestIds.of(List.of()));
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(problem.json())
                .build();
    }
}
