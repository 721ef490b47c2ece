package dev.brr.runtime.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A request of the training and the status that it has to be answered with.
 *
 * <p>It is written to a socket by hand: an HTTP client's classes would go into the cache, and no service needs them.
 *
 * @param port whom to ask
 * @param head request line and headers, each with its line break, without {@code Host} and {@code Connection}
 * @param body the body, or nothing
 */
record TrainingRequest(Port port, String head, String body, int status) {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** The two ports of a pod. */
    enum Port {
        /** That of the document's operations. */
        SERVICE,
        /** That of health, readiness, metrics and the allocator's report. */
        MANAGEMENT
    }

    static TrainingRequest get(String target, int status) {
        return new TrainingRequest(Port.SERVICE, "GET " + target + " HTTP/1.1\r\n", "", status);
    }

    static TrainingRequest post(String target, String body, int status) {
        return new TrainingRequest(
                Port.SERVICE,
                "POST " + target + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n",
                body,
                status);
    }

    static TrainingRequest probe(String target) {
        return new TrainingRequest(Port.MANAGEMENT, "GET " + target + " HTTP/1.1\r\n", "", 200);
    }

    TrainingRequest with(String header) {
        return new TrainingRequest(port, head + header + "\r\n", body, status);
    }

    /** Asks, and says what was wrong with the answer: nothing, where it has the status. */
    String ask(int tcpPort) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var text = head + "Host: localhost\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/1.1 " + status + " ")
                    ? ""
                    : head.lines().findFirst().orElse("") + " was not answered with " + status + " but with "
                            + answer.lines().findFirst().orElse("nothing");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
