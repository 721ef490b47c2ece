package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** A service in a process of its own, and a client for it; whatever fails is told with what the service said. */
public final class RunningService implements AutoCloseable {
    /** What opens the endpoints under {@code /debug}, where a program gives it to its service. */
    public static final String TOKEN = "sesame";

    /** How long the service may take to start, to answer and to end. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern LISTENING =
            Pattern.compile("^Listening on port (\\d+)(?: \\(management on (\\d+)\\))?.*\\R", Pattern.MULTILINE);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final Path errors;
    private final int port;
    private final int managementPort;

    private RunningService(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
        Matcher listening = awaitListening();
        this.port = Integer.parseInt(listening.group(1));
        this.managementPort = listening.group(2) == null ? port : Integer.parseInt(listening.group(2));
    }

    /**
     * Starts a process, and waits until it says that it listens.
     *
     * @throws AssertionError when it ends before, or takes longer than a minute
     */
    public static RunningService start(ProcessBuilder builder) throws IOException {
        Path output = Files.createTempFile("service", ".out");
        Path errors = Files.createTempFile("service", ".err");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            return new RunningService(process, output, errors);
        } catch (RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private Matcher awaitListening() {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() ->
                            !process.isAlive() || LISTENING.matcher(output()).find());
        } catch (ConditionTimeoutException _) {
            // What it said instead is told below.
        }
        Matcher listening = LISTENING.matcher(output());
        assertThat(listening.find()).as(() -> "it listens; " + said()).isTrue();
        return listening;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what it has written to its standard output. */
    public String output() {
        return read(output);
    }

    /** Returns what it has written to its standard error. */
    public String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String said() {
        return "the service %s and said:%n%s%s".formatted(process.isAlive() ? "runs" : "has ended", output(), errors());
    }

    /** Begins a request that shows no token. */
    public HttpRequest.Builder request(String target) {
        return request(port, target);
    }

    /** Begins a request to the port of management, where there is one. */
    public HttpRequest.Builder management(String target) {
        return request(managementPort, target);
    }

    private static HttpRequest.Builder request(int port, String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(PATIENCE);
    }

    /** Sends a request; the answer's body is text in UTF-8. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest sent = request.build();
        try {
            return client.send(sent, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("%s %s: %s; %s".formatted(sent.method(), sent.uri(), e, said()), e);
        }
    }

    /** Sends a request without a body that shows no token. */
    public HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(request(target));
    }

    /** Sends a request without a body that shows the token. */
    public HttpResponse<String> send(String method, String target) throws IOException, InterruptedException {
        return send(request(target)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + TOKEN));
    }

    /** The same, and fails where the answer has another status. */
    public String send(String method, String target, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, target);
        assertThat(answer.statusCode())
                .as(() -> "%s %s: %s%n%s".formatted(method, target, answer.body(), said()))
                .isEqualTo(status);
        return answer.body();
    }

    /** Reads JSON that the token opens; fails where the answer is no 200. */
    public JsonNode json(String target) throws IOException, InterruptedException {
        return json("GET", target);
    }

    /** The same by another method. */
    public JsonNode json(String method, String target) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send(method, target, 200));
    }

    /** Reads the metrics, which need no token, as text. */
    public String metrics() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(management("/metrics"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /**
     * Reads a metric.
     *
     * @param series its name, and its labels as the text has them
     * @throws AssertionError when there is none
     */
    public double metric(String series) throws IOException, InterruptedException {
        String metrics = metrics();
        List<String> values = metrics.lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .toList();
        assertThat(values).as(() -> series + " in\n" + metrics).hasSize(1);
        return Double.parseDouble(values.getFirst());
    }

    /** A client for what the methods here do not send. */
    public HttpClient client() {
        return client;
    }

    /** Asks the process to end, as Kubernetes does. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the process to end by itself; returns its exit code. */
    public int awaitEnd(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "it ends in " + limit + "; " + said())
                .isTrue();
        return process.exitValue();
    }

    /** Kills the process, and waits until it is gone. */
    @Override
    public void close() {
        client.shutdownNow();
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as("process %d is gone", process.pid())
                    .isTrue();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
