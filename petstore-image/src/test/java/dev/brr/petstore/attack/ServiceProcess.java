package dev.brr.petstore.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.RuntimeMain;
import dev.brr.runtime.handler.OperationHandlerProvider;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A service with the JVM options of an image, on loopback, with its built-in endpoints on a port of their own. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+) \\(management on (\\d+)\\)");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final int managementPort;

    private ServiceProcess(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !process.isAlive() || LISTENING.matcher(log()).find());
        Matcher matcher = LISTENING.matcher(log());
        assertThat(matcher.find()).as(log()).isTrue();
        port = Integer.parseInt(matcher.group(1));
        managementPort = Integer.parseInt(matcher.group(2));
    }

    /** Starts a service in a folder for its files; the provider is found as one in an image is. */
    static ServiceProcess start(Path folder, String document, String heap, String... flags) throws IOException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), document);
        Path services = Files.createDirectories(folder.resolve("handlers/META-INF/services"));
        Files.writeString(
                services.resolve(OperationHandlerProvider.class.getName()), BrokenHandlers.class.getName() + "\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("src/main/image/jvm.options").toAbsolutePath(),
                "-Xmx" + heap,
                "-cp",
                folder.resolve("handlers") + File.pathSeparator + System.getProperty("java.class.path"),
                RuntimeMain.class.getName(),
                "--spec",
                spec.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--management-port",
                "0"));
        command.addAll(List.of(flags));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new ServiceProcess(process, log);
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Opens a connection to the service's port. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(request(target));
    }

    HttpClient client() {
        return client;
    }

    /** Asks how the service is, in good time. */
    int health() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health"))
                        .timeout(Duration.ofSeconds(10)))
                .statusCode();
    }

    /** Reads a metric by its name and labels, as the text has them. */
    double metric(String name) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
                        .timeout(Duration.ofSeconds(20)))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    long rssMebibytes() throws IOException {
        Matcher matcher = RSS.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1)) / 1024;
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
