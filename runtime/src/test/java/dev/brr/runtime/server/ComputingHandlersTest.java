package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that compute without end, more of them than there are processors. */
class ComputingHandlersTest {
    @TempDir
    private Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(ComputingService.MEMBERS));
        service = RunningService.start(TestProgram.process(ComputingService.class, "64m", document.toString()));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void healthIsAnsweredAndItIsSaidWhatHappened() throws IOException, InterruptedException {
        // given
        int requests = 3 * Runtime.getRuntime().availableProcessors();
        Stream.generate(() -> service.client()
                        .sendAsync(service.request("/compute").build(), HttpResponse.BodyHandlers.discarding()))
                .limit(requests)
                .forEach(CompletableFuture::isDone);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Collections.frequency(service.output().lines().toList(), ComputingService.COMPUTES)
                        == requests);

        // when
        HttpResponse<String> health = service.get("/health");

        // then
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(service.errors()).contains("all carriers of virtual threads are taken");
    }
}
