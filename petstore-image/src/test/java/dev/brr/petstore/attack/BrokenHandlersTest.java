package dev.brr.petstore.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler fails alone: the client learns that, the log which it was and why, and everybody else is served. */
class BrokenHandlersTest {
    @TempDir
    private static Path folder;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws IOException {
        service = ServiceProcess.start(folder, BrokenHandlers.DOCUMENT, "64m", "--request-seconds", "2");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "throw, throwIt, failed, IllegalStateException",
        "assert, assertIt, failed, AssertionError",
        "missing, missing, failed, NoClassDefFoundError",
        "overflow, overflow, failed, StackOverflowError",
        "arrays, arrays, ran out of memory, OutOfMemoryError",
        "objects, objects, ran out of memory, OutOfMemoryError"
    })
    void whatAHandlerThrowsIsNamedInTheLogAndNotToTheClient(String path, String operation, String what, String cause)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get("/" + path);

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain("hush").doesNotContain(cause);
        assertThat(service.log())
                .contains("The handler of " + operation + " " + what + " (request "
                        + response.headers().firstValue("x-request-id").orElseThrow() + ")")
                .contains(cause);
        assertThat(service.health()).isEqualTo(200);
        assertThat(service.get("/well").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"hang", "spin"})
    void aHandlerThatDoesNotEndIsEndedInTime(String path) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get("/" + path);

        // then
        assertThat(response.statusCode()).isIn(503, 200);
        assertThat(service.health()).isEqualTo(200);
        assertThat(service.get("/well").statusCode()).isEqualTo(200);
    }

    @Test
    void manyThatHangKeepNobodyElseWaiting(@TempDir Path own) throws IOException, InterruptedException {
        // given: they hang for longer than anybody waits
        try (ServiceProcess crowded =
                ServiceProcess.start(own, BrokenHandlers.DOCUMENT, "64m", "--request-seconds", "600")) {
            List<CompletableFuture<Integer>> hanging = hang(crowded);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> crowded.metric("http_server_active_requests") == hanging.size());

            // then
            assertThat(crowded.get("/well").statusCode()).isEqualTo(200);
            assertThat(crowded.health()).isEqualTo(200);
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
        }
    }

    private static List<CompletableFuture<Integer>> hang(ServiceProcess process) {
        List<CompletableFuture<Integer>> hanging = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            hanging.add(process.client()
                    .sendAsync(
                            process.request("/hang")
                                    .timeout(Duration.ofMinutes(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode));
        }
        return hanging;
    }

    @Test
    void manyThatHangAreAllEndedInTime() throws IOException, InterruptedException {
        // when
        List<CompletableFuture<Integer>> hanging = hang(service);

        // then
        assertThat(hanging).allSatisfy(one -> assertThat(one.join()).isEqualTo(503));
        assertThat(service.health()).isEqualTo(200);
        assertThat(service.get("/well").statusCode()).isEqualTo(200);
    }

    @Test
    void manyThatTakeAllMemoryAtOnceFailAlone() throws IOException, InterruptedException {
        // when
        List<CompletableFuture<HttpResponse<Void>>> greedy = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            greedy.add(service.client()
                    .sendAsync(service.request("/arrays").build(), HttpResponse.BodyHandlers.discarding()));
        }
        greedy.forEach(one -> one.handle((response, broken) -> 0).join());

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> service.health() == 200 && service.get("/well").statusCode() == 200);
        assertThat(service.isAlive()).isTrue();
    }

    @Test
    void memoryThatIsNeverGivenBackEndsTheService(@TempDir Path own) throws IOException {
        // given
        try (ServiceProcess doomed = ServiceProcess.start(own, BrokenHandlers.DOCUMENT, "48m")) {

            // when
            doomed.client().sendAsync(doomed.request("/keep").build(), HttpResponse.BodyHandlers.discarding());

            // then: the platform starts it again
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !doomed.isAlive());
            assertThat(doomed.log()).contains("The handler of keep ran out of memory");
        }
    }
}
