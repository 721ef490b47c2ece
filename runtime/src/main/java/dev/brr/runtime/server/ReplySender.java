package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Readiness;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.handler.EventSource;
import dev.brr.runtime.problem.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends replies by Helidon. */
final class ReplySender {
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private static final Map<String, Header> CONTENT_TYPES = new ConcurrentHashMap<>();
    /** Handlers may make texts up without end: only the first ones are kept ready. */
    private static final int MAX_KEPT = 64;

    private static final HeaderNameCache NAMES = new HeaderNameCache(MAX_KEPT);

    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    /** Longer answers are handed over in pieces, so that it shows whether the client reads them. */
    private static final int PIECE = 128 * 1024;
    /** Proxies commonly end a connection on which nothing comes for a minute. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Readiness readiness;
    private final EventStreams streams;
    private final Compression compression;

    ReplySender(Readiness readiness, EventStreams streams, Compression compression) {
        this.readiness = readiness;
        this.streams = streams;
        this.compression = compression;
    }

    /**
     * Sends a reply; {@code HEAD} gets its headers only.
     *
     * @throws CloseConnectionException when the connection has to end with it
     */
    void send(Reply reply, HelidonExchange exchange, ServerResponse response) {
        WatchedConnection connection = WatchedConnection.current();
        ConnectionWatch watch = connection.watch();
        boolean isStream = reply.events().isPresent() && !exchange.method().equals("HEAD");
        Problem noStream = isStream ? enterStream(connection) : null;
        if (noStream != null) {
            send(Reply.of(noStream), exchange, response);
            return;
        }
        response.status(Statuses.of(reply.status()));
        headers(reply, response);
        byte[] body = body(reply, exchange, response);
        boolean last = !readiness.isReady() || exchange.wantsClose() || exchange.leavesBody();
        if (last) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        } else if (connection.isHttp10()) {
            response.headers().set(HeaderValues.CONNECTION_KEEP_ALIVE);
        }
        watch.enter(ConnectionWatch.Phase.SEND);
        exchange.answered();
        if (isStream) {
            stream(reply.events().get(), response, watch);
        } else if (NoLength.fits(reply)) {
            response.headers().set(NoLength.HEADER);
            response.send();
        } else {
            send(body, exchange, response, watch);
        }
        watch.enter(ConnectionWatch.Phase.IDLE);
        if (last) {
            // The server only says so in the header: it would take what is left of the body for another request.
            if (exchange.leavesBody()) {
                watch.linger();
            }
            throw new CloseConnectionException("That was the last answer on this connection");
        }
    }

    /** Takes one of the places for event streams; says why there is none. */
    private @Nullable Problem enterStream(WatchedConnection connection) {
        if (connection.isHttp10()) {
            return Problem.custom(
                    505,
                    "HTTP Version Not Supported",
                    "Event streams need HTTP/1.1; behind nginx they need proxy_http_version 1.1 and proxy_buffering off");
        }
        return streams.enter() ? null : Problem.custom(503, "Service Unavailable", "There are too many event streams");
    }

    private static void send(byte[] body, HelidonExchange exchange, ServerResponse response, ConnectionWatch watch) {
        if (exchange.method().equals("HEAD")) {
            response.headers().contentLength(body.length);
            response.send();
        } else if (body.length > PIECE) {
            sendInPieces(body, response, watch);
        } else {
            response.send(body);
        }
    }

    private byte[] body(Reply reply, HelidonExchange exchange, ServerResponse response) {
        if (!compression.fits(reply)) {
            return reply.body();
        }
        response.headers().add(VARY);
        if (!Compression.isTaken(exchange.header("accept-encoding"))) {
            return reply.body();
        }
        response.headers().set(GZIP);
        return Compression.gzip(reply.body());
    }

    private static void headers(Reply reply, ServerResponse response) {
        if (reply.contentType() != null) {
            response.headers().set(contentType(reply.contentType()));
        }
        for (Reply.Header header : reply.headers()) {
            response.headers().add(checked(HeaderValues.create(NAMES.of(header.name()), header.value())));
        }
        response.headers().set(NO_SNIFF);
    }

    /** A handler may take a value from its client: a line break in it would be another header. */
    private static Header checked(Header header) {
        header.validate();
        return header;
    }

    private static void sendInPieces(byte[] body, ServerResponse response, ConnectionWatch watch) {
        response.headers().contentLength(body.length);
        try (OutputStream out = response.outputStream()) {
            for (int at = 0; at < body.length; at += PIECE) {
                watch.enter(ConnectionWatch.Phase.SEND);
                out.write(body, at, Math.min(PIECE, body.length - at));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client stopped reading", e);
        }
    }

    private static Header contentType(String text) {
        Header known = CONTENT_TYPES.get(text);
        if (known != null) {
            return known;
        }
        if (CONTENT_TYPES.size() >= MAX_KEPT) {
            return checked(HeaderValues.create(HeaderNames.CONTENT_TYPE, text));
        }
        Header made = checked(HeaderValues.createCached(HeaderNames.CONTENT_TYPE, text));
        CONTENT_TYPES.put(text, made);
        return made;
    }

    private void stream(EventSource source, ServerResponse response, ConnectionWatch watch) {
        response.headers().set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        try (OutputStream out = response.outputStream()) {
            out.flush();
            watch.enter(ConnectionWatch.Phase.STREAM);
            EventStream.send(source, out, watch, SILENCE);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client stopped reading", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("The service is stopping, or the client is gone", e);
        } finally {
            streams.leave();
        }
    }
}
