package dev.brr.bench;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * The web server of the runtime alone: it reads a body if there is one, and answers every request with the bytes that the
 * pet store answers with, ready made. What the pet store needs above it is the price of the contract.
 */
final class BareServer implements Handler {
    private static final byte[] PET = ("{\"id\":12345,\"name\":\"Max\",\"breed\":\"Golden Retriever\",\"age\":3,"
                    + "\"vaccinated\":true,\"tags\":[\"friendly\",\"trained\"]}")
            .getBytes(StandardCharsets.UTF_8);

    private BareServer() {}

    public static void main(String[] arguments) {
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .featuresDiscoverServices(false)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> routing.any(new BareServer()))
                .build()
                .start();
        System.out.println("Listening on port " + server.port());
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (request.content().hasEntity()) {
            request.content().as(byte[].class);
        }
        response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        response.send(PET);
    }
}
