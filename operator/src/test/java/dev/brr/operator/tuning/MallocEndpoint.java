package dev.brr.operator.tuning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands where a pod's management port is: a real HTTP server that answers what it is told to. */
final class MallocEndpoint implements AutoCloseable {

    private static final int CLOSE_WITHOUT_ANSWER = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile CountDownLatch gate = new CountDownLatch(0);

    MallocEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String ip() {
        return server.getAddress().getAddress().getHostAddress();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers with this from now on. */
    MallocEndpoint answers(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return this;
    }

    /** Closes the connection instead of answering. */
    MallocEndpoint hangsUp() {
        status = CLOSE_WITHOUT_ANSWER;
        return this;
    }

    /** Holds every answer back until the returned latch is counted down. */
    CountDownLatch holdsBack() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Returns method, path and Accept header of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add("%s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Accept")));
        try (exchange) {
            if (!gate.await(30, TimeUnit.SECONDS) || status == CLOSE_WITHOUT_ANSWER) {
                return;
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
