package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that may have few files open: limits of a shell, and how the kernel counts, are those of Linux. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class FewFilesTest {
    private static final int LIMIT = 300;
    private static final String GET_A = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(FewFilesService.MEMBERS));
        ProcessBuilder limited = new ProcessBuilder("bash", "-c", "ulimit -n " + LIMIT + " && exec \"$@\"", "bash");
        limited.command()
                .addAll(TestProgram.process(FewFilesService.class, "96m", document.toString())
                        .command());
        service = RunningService.start(limited);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void moreConnectionsThanFilesLeaveItAnswering() throws Exception {
        // given
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * LIMIT; i++) {
                idle.add(RawClient.to(service.port()));
            }

            // when
            String answer = RawClient.exchange(service.port(), GET_A);

            // then
            assertThat(answer).startsWith("HTTP/1.1 204 ");
            assertThat(service.errors())
                    .contains("The limit of open files is too low")
                    .doesNotContain("Too many open files");
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }
}
