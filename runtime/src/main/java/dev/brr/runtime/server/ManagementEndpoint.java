package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.problem.Problem;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Answers the requests of the management port: the built-in endpoints and nothing else. */
final class ManagementEndpoint implements Handler {
    private volatile BuiltIns builtIns;
    private final ReplySender sender;

    ManagementEndpoint(BuiltIns builtIns, ReplySender sender) {
        this.builtIns = builtIns;
        this.sender = sender;
    }

    /** Lets others answer from the next request on. */
    void serve(BuiltIns next) {
        builtIns = next;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        WatchedConnection.current().watch().enter(ConnectionWatch.Phase.WORK);
        HelidonExchange exchange = new HelidonExchange(request);
        Reply reply = builtIns.answer(exchange).orElseGet(() -> Reply.of(Problem.notFound()));
        response.headers().set(ServiceEndpoint.requestId(exchange));
        sender.send(reply, exchange, response);
    }
}
