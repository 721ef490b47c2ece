package dev.brr.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.ApiKeySettings;
import dev.brr.runtime.config.ListenSettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.StartupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeMainTest {
    private static final Jemalloc ABSENT =
            new Jemalloc.Absent(Absence.NOT_PRELOADED, "LD_PRELOAD names no jemalloc. Set it.");
    private static final String DOCUMENT = """
            security: [{Key: []}]
            paths:
              /a: {get: {operationId: a, responses: {'200': {description: d}}}}
              /b: {get: {operationId: b, responses: {'200': {description: d}}}}
              /c: {get: {operationId: c, security: [{Token: []}], responses: {'200': {description: d}}}}
            components:
              securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}, Token: {type: http, scheme: bearer}}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(List<String> args, Map<String, String> environment) {
        return RuntimeMain.run(args, environment, new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void helpIsPrintedAndIsNoFailure() {
        // then
        assertThat(run(List.of("--help"), Map.of())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--spec FILE", "BRR_MANAGEMENT_PORT");
    }

    @Test
    void aRefusedConfigurationEndsWithTwo() {
        // then
        assertThat(run(List.of("--port", "x", "--spec", "a"), Map.of())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("--port: has to be a whole number");
    }

    @Test
    void aDocumentThatCannotBeServedEndsWithOne() throws IOException {
        // given
        Path spec = Files.writeString(folder.resolve("a.yaml"), Documents.text("paths: {/a: {get: {responses: {}}}}"));

        // then
        assertThat(run(List.of("--spec", spec.toString()), Map.of())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a.yaml, line 3, /paths/~1a/get: ");
    }

    private String startLine(ApiKeySettings keys, String handled, Optional<Integer> managementPort)
            throws IOException, StartupException {
        return startLine(DOCUMENT, keys, handled, managementPort);
    }

    private String startLine(String document, ApiKeySettings keys, String handled, Optional<Integer> managementPort)
            throws IOException, StartupException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(document));
        Map<String, OperationHandler> handlers = new HashMap<>();
        for (String id : handled.split(" ")) {
            handlers.put(id, _ -> Response.empty(200));
        }
        RuntimeConfig config = RuntimeConfig.defaults(spec)
                .withListen(listen -> new ListenSettings("127.0.0.1", 0, managementPort, Optional.empty()))
                .withSecurity(security -> security.withApiKeys(keys))
                .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofSeconds(1)));
        try (BrrServer server = BrrServer.start(config, new HandlerDiscovery(handlers, List.of()))) {
            return StartLine.of(server, ABSENT).replace(" " + server.port(), " N");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | all answered from the document's examples",
                "a | handlers for a, the rest answered from the document's examples",
                "a b | all with handlers but c, answered from the document's examples",
                "a b c | all with handlers",
            })
    void theStartLineSaysWhatAnswers(String handled, String words) throws IOException, StartupException {
        // when
        String line = startLine(ApiKeySettings.ofOne("hush"), handled, Optional.empty());

        // then
        assertThat(line.lines().findFirst().orElseThrow())
                .isEqualTo("Listening on port N: Test 1, 3 operations, " + words
                        + "; without jemalloc: LD_PRELOAD names no jemalloc. Set it.");
    }

    @Test
    void itSaysWhichSchemesNothingOpensAndHowToOpenThem() throws IOException, StartupException {
        // when
        String line = startLine(ApiKeySettings.NONE, "a", Optional.empty());

        // then
        assertThat(line.lines().skip(1))
                .containsExactly(
                        "Nothing opens the security scheme Key, which 2 operations ask for: set BRR_API_KEY,"
                                + " BRR_API_KEY__Key or --api-key Key=KEY.",
                        "Nothing opens the security scheme Token, which 1 operation asks for:"
                                + " set BRR_JWT_JWKS__Token, BRR_JWT_ISSUER__Token and BRR_JWT_AUDIENCE__Token.");
    }

    @Test
    void itNamesNoKey() throws IOException, StartupException {
        // then
        assertThat(startLine(ApiKeySettings.ofOne("hush"), "a", Optional.empty()))
                .doesNotContain("hush");
    }

    @Test
    void itNamesTheManagementPort() throws IOException, StartupException {
        // then
        assertThat(startLine(ApiKeySettings.ofOne("hush"), "a", Optional.of(0)))
                .containsPattern("^Listening on port N \\(management on \\d+\\): Test 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itNamesOperationsThatTheEndpointsOfTheServiceAnswer(boolean management) throws IOException, StartupException {
        // given
        String document = """
                servers: [{url: /}, {url: /v1}]
                paths:
                  /health/: {get: {operationId: a, responses: {'200': {description: d}}}, post: {responses: {'200': {description: d}}}}
                  /docs: {head: {operationId: b, responses: {'200': {description: d}}}}
                  /openapi.json: {options: {operationId: c, responses: {'200': {description: d}}}}
                  /debug/heap/start: {post: {operationId: d, responses: {'200': {description: d}}}}
                  /debug/heap/kept/{name}: {delete: {operationId: e, parameters: [{name: name, in: path, required: true}], responses: {'200': {description: d}}}}
                  /debug/others: {get: {responses: {'200': {description: d}}}}
                  /{name}: {get: {parameters: [{name: name, in: path, required: true}], responses: {'200': {description: d}}}}
                """;

        // when
        String line = startLine(document, ApiKeySettings.NONE, "a", management ? Optional.of(0) : Optional.empty());

        // then
        assertThat(line.lines().skip(1).toList())
                .isEqualTo(
                        management
                                ? List.of()
                                : Stream.of(
                                                "/health answers in place of a",
                                                "/docs answers in place of b",
                                                "/openapi.json answers in place of c",
                                                "/debug/heap/start answers in place of d",
                                                "/debug/heap/kept/{name} answers in place of e")
                                        .map(words -> "The service's own " + words + ": give its endpoints a port of"
                                                + " their own by --management-port or BRR_MANAGEMENT_PORT.")
                                        .toList());
    }
}
