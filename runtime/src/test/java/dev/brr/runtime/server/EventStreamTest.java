package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.handler.Event;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events over real HTTP. */
class EventStreamTest {
    private static final String DOCUMENT = """
            paths:
              /events:
                get:
                  operationId: events
                  responses: {'200': {description: d, content: {text/event-stream: {schema: {type: string}}}}}
            """;

    private static TestService start(OperationHandler handler) throws IOException, StartupException {
        return TestService.start(DOCUMENT, Map.of("events", handler));
    }

    @Test
    void eventsArriveAsTheyAreSent() throws IOException, StartupException, InterruptedException {
        // given
        CountDownLatch firstSeen = new CountDownLatch(1);
        OperationHandler handler = _ -> Response.events(sink -> {
            sink.send("one");
            assertThat(firstSeen.await(10, TimeUnit.SECONDS)).isTrue();
            sink.send(new Event("two", Optional.of("tick"), Optional.of("2")));
        });

        // when
        try (TestService service = start(handler)) {
            HttpResponse<InputStream> response = service.client()
                    .send(service.request("/events").build(), HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));

            // then: the second event waits for the first to be seen
            assertThat(lines.readLine()).isEqualTo("data: one");
            firstSeen.countDown();
            assertThat(lines.lines()).containsExactly("", "id: 2", "event: tick", "data: two", "");
            assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
            assertThat(response.headers().firstValue("transfer-encoding")).contains("chunked");
        }
    }

    @Test
    void aClientThatIsGoneEndsTheStream() throws IOException, StartupException {
        // given
        AtomicReference<Throwable> ended = new AtomicReference<>();
        OperationHandler handler = _ -> Response.events(sink -> {
            try {
                while (true) {
                    sink.send("tick");
                }
            } catch (IOException | RuntimeException e) {
                ended.set(e);
                throw e;
            }
        });

        // when
        try (TestService service = start(handler)) {
            try (RawClient client = service.raw()) {
                assertThat(client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
                                .read(1))
                        .isEqualTo("H");
            }

            // then
            await().atMost(Duration.ofSeconds(20)).until(() -> ended.get() != null);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpTheSenderAndFillsNoQueue() throws IOException, StartupException {
        // given
        AtomicInteger sent = new AtomicInteger();
        String kilobyte = "x".repeat(1000);
        OperationHandler handler = _ -> Response.events(sink -> {
            while (true) {
                sink.send(kilobyte);
                sent.incrementAndGet();
            }
        });

        // when
        try (TestService service = start(handler);
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8192);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), service.server().port()));
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            // then: it stands still, far below what it would have sent into memory
            AtomicInteger before = new AtomicInteger(-1);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(20_000);
        }
    }

    @Test
    void aSourceThatFailsBreaksTheConnectionOff() throws IOException, StartupException, InterruptedException {
        // given
        OperationHandler handler = _ -> Response.events(sink -> {
            sink.send("one");
            throw new IllegalStateException("broken");
        });

        // when
        try (TestService service = start(handler)) {
            HttpResponse<InputStream> response = service.client()
                    .send(service.request("/events").build(), HttpResponse.BodyHandlers.ofInputStream());

            // then: the client can tell that this is not the end
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    @Timeout(60)
    void aStreamMoreThanThereMayBeIsRefusedUntilOneEnds() throws IOException, StartupException, InterruptedException {
        // given
        CountDownLatch end = new CountDownLatch(1);
        OperationHandler handler = _ -> Response.events(sink -> {
            sink.send("one");
            end.await();
        });
        try (TestService service = TestService.start(
                DOCUMENT,
                Map.of("events", handler),
                config -> config.withLimits(limits -> limits.withMaxEventStreams(2)))) {
            List<InputStream> open = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                open.add(service.client()
                        .send(service.request("/events").build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body());
            }

            // when
            HttpResponse<String> refused = service.get("/events");

            // then
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("There are too many event streams");
            assertThat(service.get("/metrics").body()).contains("brr_event_streams_open 2.0");
            end.countDown();
            for (InputStream stream : open) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("data: one");
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.get("/events").statusCode() == 200);
        }
    }
}
