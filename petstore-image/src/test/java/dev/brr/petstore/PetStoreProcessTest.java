package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.RuntimeMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pet store as a process of its own, started as an image starts it. */
class PetStoreProcessTest {
    private static final Pattern LISTENING =
            Pattern.compile("Listening on port (\\d+): brr pet store 1.0.0, 22 operations");
    private static final Path JVM_OPTIONS =
            Path.of("src/main/image/jvm.options").toAbsolutePath();

    @TempDir
    private Path folder;

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + JVM_OPTIONS,
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                RuntimeMain.class.getName(),
                "--spec",
                TestStore.document().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectError(errors().toFile()).start();
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    private static int port(BufferedReader lines) throws IOException {
        String line = Objects.requireNonNull(lines.readLine());
        Matcher matcher = LISTENING.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void aSignalToStopLetsTheStreamEndAndIsNoFailure() throws IOException, InterruptedException {
        // given
        Process process = start(Map.of("BRR_API_KEY", "hush"), "--port", "0", "--host", "127.0.0.1");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            URI events = URI.create("http://127.0.0.1:" + port(lines) + "/events");
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(events).header("X-API-Key", "hush").build(),
                    HttpResponse.BodyHandlers.ofInputStream());

            // when: the answer has begun
            process.destroy();
            String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

            // then
            assertThat(body).isEqualTo("data: tick 0\n\ndata: tick 1\n\ndata: tick 2\n\n");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(errors()).isEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void withoutAKeyItStartsAndSaysHowToSetOne() throws IOException {
        // given
        Process process = start(Map.of(), "--port", "0", "--host", "127.0.0.1");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {

            // then
            assertThat(port(lines)).isPositive();
            assertThat(lines.readLine())
                    .isEqualTo("Nothing opens the security scheme ApiKeyHeader, which 21 operations ask for: set"
                            + " BRR_API_KEY, BRR_API_KEY__ApiKeyHeader or --api-key ApiKeyHeader=KEY.");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aWrongFlagEndsItAtOnce() throws IOException, InterruptedException {
        // when
        Process process = start(Map.of(), "--colour=red");

        // then
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(errors()).content().startsWith("--colour: is not known");
    }
}
