package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Readiness;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.handler.EventSource;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Sends replies by Helidon. */
final class ReplySender {
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private final Readiness readiness;

    ReplySender(Readiness readiness) {
        this.readiness = readiness;
    }

    /**
     * Sends a reply; {@code HEAD} gets its headers only.
     *
     * @throws CloseConnectionException when the connection has to end with it
     */
    void send(Reply reply, HelidonExchange exchange, ServerResponse response) {
        response.status(reply.status());
        if (reply.contentType() != null) {
            response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE, reply.contentType()));
        }
        for (Reply.Header header : reply.headers()) {
            response.headers().add(HeaderValues.create(HeaderNames.create(header.name()), header.value()));
        }
        response.headers().set(NO_SNIFF);
        boolean last = !readiness.isReady() || exchange.wantsClose() || exchange.leavesBody();
        if (last) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
        boolean head = exchange.method().equals("HEAD");
        if (reply.events().isPresent() && !head) {
            stream(reply.events().get(), response);
        } else if (head) {
            response.headers().contentLength(reply.body().length);
            response.send();
        } else {
            response.send(reply.body());
        }
        if (last) {
            // The server only says so in the header: it would take what is left of the body for another request.
            exchange.discardBody();
            throw new CloseConnectionException("That was the last answer on this connection");
        }
    }

    private static void stream(EventSource source, ServerResponse response) {
        response.headers().set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        try (OutputStream out = response.outputStream()) {
            out.flush();
            source.emit(event -> {
                out.write(event.bytes());
                out.flush();
            });
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client stopped reading", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("The service is stopping", e);
        }
    }
}
