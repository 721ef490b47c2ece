package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Dispatcher.Dispatched;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.metrics.OperationMeters;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Answers the requests of one port. */
final class ServiceEndpoint implements Handler {
    private static final Logger LOG = System.getLogger(ServiceEndpoint.class.getName());
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    private final Optional<BuiltIns> builtIns;
    private final Dispatcher dispatcher;
    private final RuntimeMetrics metrics;
    private final OperationMeters unmatched;
    private final ReplySender sender;
    private final int maxHeaders;

    /**
     * @param builtIns the built-in endpoints, if they are on this port
     * @param maxHeaders the most header names in a request
     */
    ServiceEndpoint(
            Optional<BuiltIns> builtIns,
            Dispatcher dispatcher,
            RuntimeMetrics metrics,
            ReplySender sender,
            int maxHeaders) {
        this.builtIns = builtIns;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.unmatched = metrics.operation(OperationMeters.UNMATCHED);
        this.sender = sender;
        this.maxHeaders = maxHeaders;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        WatchedConnection connection = WatchedConnection.current();
        connection.watch().enter(ConnectionWatch.Phase.WORK);
        HelidonExchange exchange = new HelidonExchange(request);
        if (builtIns.isPresent()) {
            Optional<Reply> builtIn = builtIns.get().answer(exchange);
            if (builtIn.isPresent()) {
                sender.send(builtIn.get(), exchange, response);
                return;
            }
        }
        long begin = System.nanoTime();
        metrics.requestBegins();
        OperationMeters meters = unmatched;
        try {
            if (exchange.headers() > maxHeaders) {
                sender.send(Reply.of(ProtocolProblems.headersTooLarge()), exchange, response);
                return;
            }
            Dispatched dispatched = dispatcher.dispatch(exchange);
            meters = dispatched.meters();
            response.headers().set(HeaderValues.create(REQUEST_ID, dispatched.requestId()));
            Reply reply = connection.watch().takeInterrupted() ? tookTooLong() : dispatched.reply();
            sender.send(reply, exchange, response);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client broke off", e);
        } catch (RuntimeException | StackOverflowError e) {
            fail(e, exchange, response);
        } finally {
            metrics.requestEnds();
            meters.record(exchange.method(), status(connection, response), System.nanoTime() - begin);
        }
    }

    /** An interrupted thread can send nothing: its channel closes. */
    private static Reply tookTooLong() {
        Thread.interrupted();
        return Reply.of(Problem.custom(503, "Service Unavailable", "The service took too long to answer"));
    }

    private static int status(WatchedConnection connection, ServerResponse response) {
        boolean tooSlow = connection.isCut() && connection.watch().phase() == ConnectionWatch.Phase.BODY;
        return tooSlow ? 408 : response.status().code();
    }

    private void fail(Throwable e, HelidonExchange exchange, ServerResponse response) {
        if (e instanceof CloseConnectionException || e instanceof ServerConnectionException) {
            throw (RuntimeException) e;
        }
        LOG.log(Level.ERROR, "A request of " + exchange.method() + " failed", e);
        if (response.isSent()) {
            throw new CloseConnectionException("The answer failed half-way", e);
        }
        sender.send(Reply.of(Problem.internal()), exchange, response);
    }
}
