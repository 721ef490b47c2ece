package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.RuntimeMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service of one processor whose connections ask for more all the time, and a connection that is new. */
class NewConnectionTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: busy, version: "1"}
            paths:
              /a: {get: {operationId: a, responses: {"200": {description: d, content: {text/plain: {example: one}}}}}}
            """;
    private static final int CONNECTIONS = 32;
    private static final int AT_ONCE = 16;
    private static final int PROBES = 9;

    private final AtomicLong answered = new AtomicLong();
    private final List<Socket> sockets = new ArrayList<>();

    @TempDir
    private Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), DOCUMENT);
        ProcessBuilder process =
                TestProgram.process(RuntimeMain.class, "128m", "--spec", document.toString(), "--port", "0");
        process.environment().put("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1");
        service = RunningService.start(process);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        service.close();
    }

    @Test
    void itIsAnsweredBeforeTheOthersHaveThousandsOfAnswers() throws IOException {
        // given
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = connect();
            sockets.add(socket);
            Thread.ofPlatform().daemon().start(() -> askWithoutEnd(socket));
        }
        Awaitility.await().until(() -> answered.get() > 10_000);
        // when
        List<Long> meanwhile = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            long before = answered.get();
            probe();
            meanwhile.add(answered.get() - before);
        }
        // then
        meanwhile.sort(null);
        assertThat(meanwhile.get(PROBES / 2)).as(meanwhile.toString()).isLessThan(5_000);
    }

    @Test
    void thereIsACarrierMoreThanProcessors() throws IOException, InterruptedException {
        assertThat(service.metric("jvm_threads_virtual_parallelism_threads")).isEqualTo(2);
    }

    @Test
    void aThreadWatchesTheCarriers() throws IOException {
        // when
        List<String> threads = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + service.pid() + "/task"))) {
            for (Path task : tasks) {
                threads.add(Files.readString(task.resolve("comm")).strip());
            }
        }

        // then
        assertThat(threads).contains("brr-carriers");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void probe() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "/health", 1);
            assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private void askWithoutEnd(Socket socket) {
        try {
            ask(socket, "/a", 1);
            byte[] answers = new byte[65_536];
            int length = socket.getInputStream().read(answers);
            while (true) {
                ask(socket, "/a", AT_ONCE);
                socket.getInputStream().readNBytes(answers, 0, AT_ONCE * length);
                answered.addAndGet(AT_ONCE);
            }
        } catch (SocketException _) {
            // The test has ended.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(Socket socket, String path, int times) throws IOException {
        String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
        socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
    }
}
