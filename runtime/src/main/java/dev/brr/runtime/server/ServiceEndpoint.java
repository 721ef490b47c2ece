package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Dispatcher.Dispatched;
import dev.brr.runtime.dispatch.Readiness;
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

    /** @param builtIns the built-in endpoints, if they are on this port */
    ServiceEndpoint(Optional<BuiltIns> builtIns, Dispatcher dispatcher, RuntimeMetrics metrics, Readiness readiness) {
        this.builtIns = builtIns;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.unmatched = metrics.operation(OperationMeters.UNMATCHED);
        this.sender = new ReplySender(readiness);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
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
            Dispatched dispatched = dispatcher.dispatch(exchange);
            meters = dispatched.meters();
            response.headers().set(HeaderValues.create(REQUEST_ID, dispatched.requestId()));
            sender.send(dispatched.reply(), exchange, response);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client broke off", e);
        } catch (RuntimeException | StackOverflowError e) {
            fail(e, exchange, response);
        } finally {
            metrics.requestEnds();
            meters.record(exchange.method(), response.status().code(), System.nanoTime() - begin);
        }
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
