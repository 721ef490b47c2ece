package dev.brr.runtime.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's server: its keys, and the description that names them. */
final class KeyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String keys;
    private volatile int status = 200;

    private KeyServer(HttpServer server, String keys) {
        this.server = server;
        this.keys = keys;
    }

    static KeyServer start(String keys, String issuer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyServer started = new KeyServer(server, keys);
        started.give("/keys", () -> {
            started.fetches.incrementAndGet();
            return started.keys;
        });
        started.give(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + started.url("/keys") + "\"}");
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    private interface Text {
        String get();
    }

    private void give(String path, Text text) {
        server.createContext(path, exchange -> {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void has(String others) {
        keys = others;
    }

    void answers(int other) {
        status = other;
    }

    int fetches() {
        return fetches.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
