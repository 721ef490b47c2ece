package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.config.ApiKeySettings;
import dev.brr.runtime.config.ApiKeySettings.SchemeKeys;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a service starts, refuses to start, divides its ports and stops. */
class LifecycleTest {
    private static final String SLOW = """
            paths:
              /slow:
                get:
                  operationId: slow
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aRequestInFlightIsAnsweredBeforeTheServiceStops() throws IOException, StartupException, InterruptedException {
        // given
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        OperationHandler slow = _ -> {
            entered.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
            return Response.ok("done");
        };
        TestService service = TestService.start(SLOW, Map.of("slow", slow));
        CompletableFuture<HttpResponse<String>> answer =
                service.client().sendAsync(service.request("/slow").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        // when
        Thread stop = Thread.ofVirtual().start(service.server()::close);
        await().atMost(Duration.ofSeconds(10)).until(() -> isRefused(service));
        leave.countDown();
        stop.join();

        // then
        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body()).isEqualTo("done");
        service.client().close();
    }

    private static boolean isRefused(TestService service) throws IOException {
        try (Socket _ =
                new Socket(InetAddress.getLoopbackAddress(), service.server().port())) {
            return false;
        } catch (ConnectException _) {
            return true;
        }
    }

    @Test
    void aHandlerThatDoesNotEndCannotHoldTheServiceUp() throws IOException, StartupException, InterruptedException {
        // given
        CountDownLatch entered = new CountDownLatch(1);
        OperationHandler hangs = _ -> {
            entered.countDown();
            new CountDownLatch(1).await();
            return Response.empty(200);
        };
        TestService service = TestService.start(
                SLOW,
                Map.of("slow", hangs),
                config -> config.withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofMillis(200))));
        CompletableFuture<HttpResponse<String>> answer =
                service.client().sendAsync(service.request("/slow").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        // when
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> service.server().close());

        // then: it has no end of its own
        assertThat(closing).succeedsWithin(Duration.ofSeconds(60));
        assertThat(answer.handle((response, failure) -> response == null || response.statusCode() == 500)
                        .join())
                .isTrue();
        service.client().shutdownNow();
    }

    @Test
    void managementHasAPortOfItsOwnWhenAskedTo() throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service =
                TestService.start(SLOW, Map.of(), config -> TestService.withManagementPort(config, 0))) {

            // then
            assertThat(service.server().managementPort())
                    .isNotEqualTo(service.server().port());
            for (String path : List.of("/health", "/ready", "/metrics", "/malloc", "/openapi.yaml", "/openapi.json")) {
                assertThat(service.management(path).statusCode()).as(path).isEqualTo(200);
                assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(service.get("/slow").statusCode()).isEqualTo(200);
            assertThat(service.management("/slow").statusCode()).isEqualTo(404);
            assertThat(service.management("/slow").headers().firstValue("content-type"))
                    .contains("application/problem+json");
        }
    }

    @Test
    void withoutOneThePortHasAll() throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = TestService.start(SLOW, Map.of())) {

            // then
            assertThat(service.server().managementPort())
                    .isEqualTo(service.server().port());
            assertThat(service.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    private BrrServer start(String document, ApiKeySettings keys, HandlerDiscovery handlers)
            throws IOException, StartupException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), document);
        RuntimeConfig config = TestService.config(spec);
        return BrrServer.start(config.withSecurity(security -> security.withApiKeys(keys)), handlers);
    }

    private static final HandlerDiscovery NO_HANDLERS = new HandlerDiscovery(Map.of(), List.of());

    @Test
    void aDocumentWithProblemsIsRefusedWithAllOfThem() {
        // then
        assertThatThrownBy(() -> start(
                        Documents.text("paths:\n  /a: {get: {responses: {}}}\n  /b: {get: {responses: {}}}\n"),
                        ApiKeySettings.NONE,
                        NO_HANDLERS))
                .isInstanceOfSatisfying(
                        StartupException.class,
                        e -> assertThat(e.reasons())
                                .hasSize(2)
                                .first()
                                .asString()
                                .endsWith("openapi.yaml, line 4, /paths/~1a/get: the operation declares no responses"));
    }

    @Test
    void aDocumentThatIsNotThereIsNamed() {
        // given
        RuntimeConfig config = TestService.config(folder.resolve("nowhere.yaml"));

        // then
        assertThatThrownBy(() -> BrrServer.start(config, NO_HANDLERS))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("nowhere.yaml cannot be read");
    }

    @Test
    void aKeyForASchemeThatTheDocumentDoesNotHaveIsRefused() {
        // given
        ApiKeySettings keys =
                new ApiKeySettings(List.of(), Map.of("Key", new SchemeKeys("BRR_API_KEY__Key", List.of("secret"))));

        // then
        assertThatThrownBy(() -> start(Documents.text(SLOW), keys, NO_HANDLERS))
                .isInstanceOf(StartupException.class)
                .hasMessage("BRR_API_KEY__Key: names none of the apiKey schemes of the document, []");
    }

    @Test
    void twoHandlersForOneOperationAreRefused() {
        // given
        HandlerDiscovery handlers = new HandlerDiscovery(Map.of(), List.of("the operation slow has two handlers"));

        // then
        assertThatThrownBy(() -> start(Documents.text(SLOW), ApiKeySettings.NONE, handlers))
                .isInstanceOf(StartupException.class)
                .hasMessage("the operation slow has two handlers");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException, StartupException {
        // given
        try (TestService first = TestService.start(SLOW, Map.of())) {
            int taken = first.server().port();

            // then
            assertThatThrownBy(() -> TestService.start(
                            SLOW, Map.of(), config -> config.withListen(listen -> listen.withPort(taken))))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void aHandlerForAnOperationThatTheDocumentDoesNotHaveIsLeftOut() throws IOException, StartupException {
        // given
        OperationHandler handler = _ -> Response.empty(200);

        // when
        try (BrrServer server = start(
                Documents.text(SLOW),
                ApiKeySettings.NONE,
                new HandlerDiscovery(Map.of("slow", handler, "other", handler), List.of()))) {

            // then
            assertThat(server.plan().settings().handlers()).containsOnlyKeys("slow");
        }
    }

    @ParameterizedTest
    @CsvSource({"k, 200", "x, 401"})
    void aKeyForAllSchemesOpensEach(String key, int status) throws IOException, StartupException, InterruptedException {
        // given
        String document = """
                security: [{A: []}]
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {securitySchemes: {A: {type: apiKey, in: header, name: X-Key}}}
                """;

        // when
        try (TestService service = TestService.start(document, Map.of())) {

            // then
            assertThat(service.send(service.request("/a").header("X-Key", key)).statusCode())
                    .isEqualTo(status);
            assertThat(service.server().plan().closedSchemes()).isEmpty();
        }
    }

    @Test
    void schemesThatNothingOpensAreKnown() throws IOException, StartupException {
        // given
        String document = Documents.text("""
                security: [{A: []}, {B: []}]
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components:
                  securitySchemes:
                    A: {type: apiKey, in: header, name: X-Key}
                    B: {type: http, scheme: bearer}
                    Unused: {type: mutualTLS}
                """);

        // when
        try (BrrServer server = start(document, ApiKeySettings.NONE, NO_HANDLERS)) {

            // then
            assertThat(server.plan().closedSchemes()).containsExactly("A", "B");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi.yaml"})
    void aJsonDocumentIsServedToo(String path) throws IOException, StartupException, InterruptedException {
        // given
        String json = "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\", \"version\": \"1\"},"
                + " \"paths\": {\"/a\": {\"get\": {\"responses\": {\"200\": {\"description\": \"d\"}}}}}}";
        Path spec = Files.writeString(folder.resolve("openapi.json"), json);

        // when
        try (BrrServer server = BrrServer.start(TestService.config(spec), NO_HANDLERS);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            // then
            assertThat(response.body()).contains("\"3.0.1\"");
        }
    }
}
