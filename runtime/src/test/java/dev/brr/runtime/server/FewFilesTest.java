package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private Process process;

    private int port;

    @BeforeEach
    void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(FewFilesService.MEMBERS));
        process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FewFilesService.class.getName(),
                        document.toString())
                .redirectError(errors())
                .start();
        String line = process.inputReader().readLine();
        assertThat(line).as(Files.readString(errors().toPath())).startsWith("port=");
        port = Integer.parseInt(Objects.requireNonNull(line).substring("port=".length()));
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private File errors() {
        return folder.resolve("errors").toFile();
    }

    @Test
    void moreConnectionsThanFilesLeaveItAnswering() throws Exception {
        // given
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * LIMIT; i++) {
                idle.add(RawClient.to(port));
            }

            // when
            String answer = RawClient.exchange(port, GET_A);

            // then
            assertThat(answer).startsWith("HTTP/1.1 204 ");
            assertThat(Files.readString(errors().toPath()))
                    .contains("The limit of open files is too low")
                    .doesNotContain("Too many open files");
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }
}
