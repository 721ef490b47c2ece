package dev.brr.runtime.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** A proxy that speaks HTTP/1.1 with clients and HTTP/1.0 with the service, as nginx does unless it is told otherwise. */
final class OldProxy implements AutoCloseable {
    private final HttpServer front;
    private final Callable<RawClient> service;

    private OldProxy(HttpServer front, Callable<RawClient> service) {
        this.front = front;
        this.service = service;
    }

    /** Starts one on a free port; each request gets a connection of its own to the service. */
    static OldProxy start(Callable<RawClient> service) throws IOException {
        OldProxy proxy =
                new OldProxy(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), service);
        proxy.front.createContext("/", proxy::hand);
        proxy.front.start();
        return proxy;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort() + path);
    }

    private void hand(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String head = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " HTTP/1.0\r\n"
                + "Host: upstream\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
                + "\r\n";
        String answer = answer(head, body);
        int end = answer.indexOf("\r\n\r\n");
        byte[] content = answer.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(9, 12)), content.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content);
        }
    }

    private String answer(String head, byte[] body) throws IOException {
        try (RawClient client = service.call()) {
            return client.send(head).send(body).readToEnd();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        front.stop(0);
    }
}
