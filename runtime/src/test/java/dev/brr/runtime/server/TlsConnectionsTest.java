package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.ConnectionSettings;
import dev.brr.runtime.config.TlsSettings;
import dev.brr.runtime.handler.Event;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import io.helidon.common.socket.NioSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not cooperate by TLS end as others do, and those that speak HTTP/1.0 are served. */
@Timeout(120)
class TlsConnectionsTest {
    private static final String MEMBERS = """
            paths:
              /a: {get: {operationId: a, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /hang: {get: {operationId: hang, responses: {'200': {description: d}}}}
              /big: {get: {operationId: big, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /events:
                get:
                  operationId: events
                  responses: {'200': {description: d, content: {text/event-stream: {}}}}
              /body:
                post:
                  operationId: body
                  requestBody: {required: true, content: {text/plain: {}}}
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;
    private static final int BIG = 32 * 1024 * 1024;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private BrrServerByTls service;

    /** A service by TLS, with its own endpoints on a port that speaks plain HTTP. */
    private record BrrServerByTls(TestService service) {
        int port() {
            return service.server().port();
        }

        String metric(String name) throws IOException, InterruptedException {
            return service.management("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElse("");
        }
    }

    private void start(UnaryOperator<ConnectionSettings> connections) throws Exception {
        KeyPair keys = Certificates.keys("EC", 256);
        TlsSettings tls = new TlsSettings(
                Files.writeString(folder.resolve("tls.crt"), Certificates.certificate("one", keys)),
                Files.writeString(folder.resolve("tls.key"), Certificates.key(keys)),
                Duration.ofMinutes(1));
        Map<String, OperationHandler> handlers = Map.of(
                "a", _ -> Response.ok("a"),
                "hang",
                        _ -> {
                            new CountDownLatch(1).await();
                            return Response.empty(200);
                        },
                "big", _ -> Response.ok("x".repeat(BIG)),
                "events",
                        _ -> Response.events(sink -> {
                            while (true) {
                                sink.send(Event.of("x".repeat(1000)));
                            }
                        }),
                "body", request -> Response.ok(request.bodyBytes().length + " bytes"));
        service = new BrrServerByTls(TestService.start(
                MEMBERS,
                handlers,
                config -> config.withListen(listen -> listen.withTls(tls).withManagementPort(0))
                        .withConnections(connections)
                        .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofMillis(200)))));
    }

    @AfterEach
    void stop() {
        service.service().close();
    }

    /** The first bytes of a client's handshake. */
    private static byte[] hello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, Integer.MAX_VALUE})
    void aHandshakeThatStopsEndsWithItsSocket(int bytes) throws Exception {
        // given
        start(connections -> connections.withIdleTimeout(Duration.ofMillis(500)));
        byte[] hello = hello();

        // when
        try (RawClient client = RawClient.to(service.port())) {
            client.send(Arrays.copyOf(hello, Math.min(bytes, hello.length)));

            // then: a read of a socket that stays open would end in a failure
            client.readToEnd();
        }
        assertThat(service.metric("brr_connections_cut_total{reason=\"idle\"}")).isEqualTo("1.0");
    }

    @Test
    void whoDoesNotReadItsAnswerLosesItsSocket() throws Exception {
        // given
        start(connections -> connections.withSendTimeout(Duration.ofMillis(500)));
        try (RawClient client = RawClient.byTls(service.port())) {
            // when
            client.send(get("/big"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.metric("brr_connections_cut_total{reason=\"slow\"}")
                            .equals("1.0"));

            // then
            assertThat(client.readToEnd().length()).isLessThan(BIG);
        }
    }

    @Test
    void whoDoesNotReadItsEventsLosesItsSocket() throws Exception {
        // given
        start(connections -> connections.withSendTimeout(Duration.ofMillis(500)));
        try (RawClient client = RawClient.byTls(service.port())) {
            // when
            client.send(get("/events"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.metric("brr_connections_cut_total{reason=\"slow\"}")
                            .equals("1.0"));

            // then
            client.readToEnd();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.metric("brr_event_streams_open").equals("0.0"));
    }

    @Test
    void whoTricklesHeadersIsToldSo() throws Exception {
        // given
        start(connections -> connections.withHeaderTimeout(Duration.ofMillis(500)));
        try (RawClient client = RawClient.byTls(service.port())) {
            // when
            String answer = client.send("GET /a HTTP/1.1\r\nHost: x\r\n").readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("problem+json");
        }
    }

    @Test
    void whereThereIsNoRoomAConnectionIsClosedBeforeItShakesHands() throws Exception {
        // given
        start(connections -> connections.withMax(1));
        try (RawClient hanging = RawClient.byTls(service.port())) {
            hanging.send(get("/hang"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.metric("http_server_active_requests").equals("1.0"));

            // when
            try (RawClient silent = RawClient.to(service.port())) {
                // then
                assertThat(silent.readToEnd()).isEmpty();
            }
            assertThat(service.metric("brr_connections_cut_total{reason=\"full\"}"))
                    .isEqualTo("1.0");
        }
    }

    @Test
    void aConnectionThatEndsIsForgotten() throws Exception {
        // given
        start(connections -> connections);

        // when
        for (int i = 0; i < 5; i++) {
            try (RawClient client = RawClient.byTls(service.port())) {
                assertThat(client.send(get("/a")).readToEnd()).startsWith("HTTP/1.1 200 ");
            }
        }

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.metric("brr_connections_open").equals("0.0"));
    }

    @Test
    void theChannelBelowASocketIsKnown() throws Exception {
        // given
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {

            // then
            assertThat(SocketEnd.channel(NioSocket.server(channel, "a", "b"))).isSameAs(channel);
        }
        service = new BrrServerByTls(TestService.start(MEMBERS, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET https://example.com/a HTTP/1.0\r\nVia: 1.0 proxy\r\n\r\n",
                "\r\nGET /a HTTP/1.0\r\n\r\n",
            })
    void aClientOfHttp10IsServed(String request) throws Exception {
        // given
        start(connections -> connections);
        try (RawClient client = RawClient.byTls(service.port())) {
            // when
            String answer = client.send(request).readToEnd();

            // then
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\na");
        }
    }

    @Test
    void aClientOfHttp10MayKeepItsConnection() throws Exception {
        // given
        start(connections -> connections);
        String kept = "POST /body HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 5\r\n\r\nhello";
        try (RawClient client = RawClient.byTls(service.port())) {
            // when
            String first = client.send(kept).readThrough("5 bytes");
            String second = client.sendInPieces(kept, 7).readThrough("5 bytes");
            String last = client.send("GET /big HTTP/1.0\r\n\r\n").readToEnd();

            // then
            assertThat(first).containsIgnoringCase("\r\nConnection: keep-alive\r\n");
            assertThat(second).containsIgnoringCase("\r\nConnection: keep-alive\r\n");
            assertThat(last)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nContent-Length: " + BIG + "\r\n")
                    .doesNotContainIgnoringCase("Transfer-Encoding")
                    .endsWith("x".repeat(1000));
        }
    }

    @Test
    void aProxyThatSpeaksHttp10ByTlsIsServed() throws Exception {
        // given
        start(connections -> connections);
        int port = service.port();
        try (OldProxy proxy = OldProxy.start(() -> RawClient.byTls(port));
                HttpClient client = HttpClient.newHttpClient()) {
            // when
            HttpResponse<String> got =
                    client.send(HttpRequest.newBuilder(proxy.uri("/a")).build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> posted = client.send(
                    HttpRequest.newBuilder(proxy.uri("/body"))
                            .header("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString("hello", StandardCharsets.US_ASCII))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> stream = client.send(
                    HttpRequest.newBuilder(proxy.uri("/events")).build(), HttpResponse.BodyHandlers.ofString());

            // then
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo("a");
            assertThat(posted.body()).isEqualTo("5 bytes");
            assertThat(stream.statusCode()).isEqualTo(505);
        }
    }
}
