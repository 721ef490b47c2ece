package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Dispatcher.Dispatched;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.dispatch.RequestIds;
import dev.brr.runtime.logging.AccessEntry;
import dev.brr.runtime.logging.AccessLog;
import dev.brr.runtime.logging.TraceParent;
import dev.brr.runtime.metrics.OperationMeters;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.tracing.FinishedSpan;
import dev.brr.runtime.tracing.ServerSpan;
import dev.brr.runtime.tracing.SpanExporter;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one port. */
final class ServiceEndpoint implements Handler {
    private static final Logger LOG = System.getLogger(ServiceEndpoint.class.getName());
    static final HeaderName REQUEST_ID = HeaderNames.create(RequestIds.HEADER);

    /** What nginx notes where nothing could be answered any more. */
    private static final int CLIENT_GONE = 499;

    private volatile Serving serving;
    private final RuntimeMetrics metrics;
    private final OperationMeters unmatched;
    private final ReplySender sender;
    private final int maxHeaders;
    private final @Nullable AccessLog accessLog;
    private final @Nullable SpanExporter spans;

    /**
     * What answers.
     *
     * @param builtIns the built-in endpoints, if they are on this port
     */
    record Serving(Optional<BuiltIns> builtIns, Dispatcher dispatcher) {}

    /** @param maxHeaders the most header names in a request */
    ServiceEndpoint(
            Serving serving,
            RuntimeMetrics metrics,
            ReplySender sender,
            int maxHeaders,
            Optional<AccessLog> accessLog,
            Optional<SpanExporter> spans) {
        this.serving = serving;
        this.metrics = metrics;
        this.unmatched = metrics.operation(OperationMeters.UNMATCHED);
        this.sender = sender;
        this.maxHeaders = maxHeaders;
        this.accessLog = accessLog.orElse(null);
        this.spans = spans.orElse(null);
    }

    /** Lets something else answer from the next request on. */
    void serve(Serving next) {
        serving = next;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        WatchedConnection connection = WatchedConnection.current();
        connection.watch().enter(ConnectionWatch.Phase.WORK);
        HelidonExchange exchange = new HelidonExchange(request);
        Serving now = serving;
        boolean validHost = HostHeader.isValid(request.headers());
        if (validHost && now.builtIns().isPresent()) {
            Optional<Reply> builtIn =
                    now.builtIns().get().answer(exchange).filter(reply -> !leaves(reply, now, exchange));
            if (builtIn.isPresent()) {
                response.headers().set(requestId(exchange));
                sender.send(builtIn.get(), exchange, response);
                return;
            }
        }
        long begin = System.nanoTime();
        // Of a connection that is cut nobody knows afterwards whose it was.
        String client = accessLog == null && spans == null ? "" : connection.client();
        ServerSpan span = spans == null ? null : beginSpan(spans, exchange);
        metrics.requestBegins();
        OperationMeters meters = unmatched;
        try {
            Dispatched dispatched = refusal(validHost, exchange);
            if (dispatched == null) {
                dispatched = now.dispatcher().dispatch(exchange);
            }
            response.headers().set(HeaderValues.create(REQUEST_ID, dispatched.requestId()));
            meters = dispatched.meters();
            Reply reply = connection.watch().takeInterrupted() ? tookTooLong() : dispatched.reply();
            sender.send(reply, exchange, response);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            fail(e, connection, exchange, response);
        } finally {
            metrics.requestEnds();
            long nanos = System.nanoTime() - begin;
            int status = status(connection, exchange, response);
            meters.record(exchange.method(), status, nanos);
            tell(request, response, exchange, now, client, span, meters.operation(), status, nanos);
        }
    }

    /** Names a request that is answered without the dispatcher. */
    static Header requestId(HelidonExchange exchange) {
        return HeaderValues.create(REQUEST_ID, RequestIds.of(exchange.header(RequestIds.HEADER)));
    }

    /** A method that an endpoint does not take is the document's, if that has it, and so is a preflight for it. */
    private static boolean leaves(Reply builtIn, Serving now, HelidonExchange exchange) {
        return builtIn.status() == 405
                ? now.dispatcher().declares(exchange)
                : now.builtIns().orElseThrow().announcesOtherMethod(exchange)
                        && now.dispatcher().answersPreflight(exchange);
    }

    /** What is no request to dispatch, though the server took it for one; null for all others. */
    private @Nullable Dispatched refusal(boolean validHost, HelidonExchange exchange) {
        if (validHost && exchange.headers() <= maxHeaders) {
            return null;
        }
        String requestId = RequestIds.of(exchange.header(RequestIds.HEADER));
        if (validHost) {
            return new Dispatched(Reply.of(ProtocolProblems.headersTooLarge()), unmatched, requestId);
        }
        exchange.closeAfterwards();
        return new Dispatched(
                Reply.of(Problem.badRequest("The Host header is missing, or names no host")), unmatched, requestId);
    }

    private void tell(
            ServerRequest request,
            ServerResponse response,
            HelidonExchange exchange,
            Serving now,
            String client,
            @Nullable ServerSpan span,
            String operation,
            int status,
            long nanos) {
        if (accessLog != null) {
            accessLog.add(entry(client, response, exchange, operation, status, nanos));
        }
        if (spans != null && span != null) {
            spans.add(finished(span, now, client, request, exchange, operation, status, nanos));
        }
    }

    /** What the handler calls belongs to the span of this request, and so does its line in the access log. */
    private static ServerSpan beginSpan(SpanExporter spans, HelidonExchange exchange) {
        ServerSpan span = spans.begin(TraceParent.of(exchange.header("traceparent")), exchange.header("tracestate"));
        exchange.traceParent(span.traceParent());
        return span;
    }

    private static FinishedSpan finished(
            ServerSpan span,
            Serving now,
            String client,
            ServerRequest request,
            HelidonExchange exchange,
            String operation,
            int status,
            long nanos) {
        return new FinishedSpan(
                span,
                nanos,
                operation.equals(OperationMeters.UNMATCHED) ? "" : operation,
                now.dispatcher().route(operation).orElse(""),
                exchange.method(),
                exchange.rawPath(),
                request.isSecure() ? "https" : "http",
                client,
                status);
    }

    private static AccessEntry entry(
            String client,
            ServerResponse response,
            HelidonExchange exchange,
            String operation,
            int status,
            long nanos) {
        return new AccessEntry(
                System.currentTimeMillis(),
                exchange.method(),
                exchange.rawPath(),
                operation,
                status,
                nanos / 1000,
                response.bytesWritten(),
                client,
                response.headers().first(REQUEST_ID).orElseGet(WatchedConnection.current()::saidId),
                TraceParent.of(exchange.header("traceparent"))
                        .map(TraceParent::traceId)
                        .orElse(""));
    }

    /** An interrupted thread can send nothing: its channel closes. */
    private static Reply tookTooLong() {
        Thread.interrupted();
        return Reply.of(Problem.custom(503, "Service Unavailable", "The service took too long to answer"));
    }

    private static int status(WatchedConnection connection, HelidonExchange exchange, ServerResponse response) {
        if (connection.isCut() && connection.watch().phase() == ConnectionWatch.Phase.BODY) {
            return 408;
        }
        return exchange.isAnswered() ? response.status().code() : CLIENT_GONE;
    }

    private void fail(Throwable e, WatchedConnection connection, HelidonExchange exchange, ServerResponse response) {
        switch (e) {
            case CloseConnectionException close -> throw close;
            case IOException _, UncheckedIOException _ -> throw new CloseConnectionException("The client broke off", e);
            case RequestException _ ->
                // The framing of the body: what comes next on the connection is no request.
                sender.send(Reply.of(Problem.badRequest("The request is not well formed")), exchange, response);
            case DataReader.InsufficientDataAvailableException _ -> {
                if (connection.isCut()) {
                    throw new CloseConnectionException("The client was told that it is too slow", e);
                }
                response.headers().set(HeaderValues.CONNECTION_CLOSE);
                sender.send(Reply.of(Problem.badRequest("The request ends before its body does")), exchange, response);
            }
            default -> failInside(e, exchange, response);
        }
    }

    private void failInside(Throwable e, HelidonExchange exchange, ServerResponse response) {
        LOG.log(Level.ERROR, "A request of " + exchange.method() + " failed", e);
        if (response.isSent()) {
            throw new CloseConnectionException("The answer failed half-way", e);
        }
        sender.send(Reply.of(Problem.internal()), exchange, response);
    }
}
