package dev.brr.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingMainTest {

    @Test
    void everyRequestIsAnsweredAsItHasToBe() {
        // given
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        // when
        var code = TrainingMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        // then
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Listening on port ");
        assertThat(code).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 400, 401, 404})
    void eachKindOfAnswerIsAskedFor(int status) {
        // given
        var requests = TrainingMain.requests();
        // when
        var statuses = requests.stream().map(TrainingRequest::status);
        // then
        assertThat(statuses).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/malloc", "/metrics"})
    void whatAPodIsAskedOnItsManagementPortIsAskedFor(String path) {
        // given
        var requests = TrainingMain.requests();
        // when
        var management = requests.stream().filter(request -> request.port() == TrainingRequest.Port.MANAGEMENT);
        // then
        assertThat(management).anySatisfy(request -> assertThat(request.head()).startsWith("GET " + path + " "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK  | ''",
                "HTTP/1.1 404 Not Found | GET /a HTTP/1.1 was not answered with 200 but with HTTP/1.1 404 Not Found",
                "HTTP/1.1 2000 Odd | GET /a HTTP/1.1 was not answered with 200 but with HTTP/1.1 2000 Odd",
                "'' | GET /a HTTP/1.1 was not answered with 200 but with nothing"
            })
    void anAnswerWithAnotherStatusIsTold(String answer, String told) throws Exception {
        // given
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var executor = Executors.newSingleThreadExecutor()) {
            executor.submit(() -> answer(server, answer));
            // when
            var wrong = TrainingRequest.get("/a", 200).ask(server.getLocalPort());
            // then
            assertThat(wrong).isEqualTo(told);
        }
    }

    @Test
    void aBodyIsSentWithItsLength() {
        // given
        var body = "{\"title\":\"Emma\"}";
        // when
        var request = TrainingRequest.post("/books", body, 201).with("X-API-Key: k");
        // then
        assertThat(request.head())
                .isEqualTo("POST /books HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 16\r\n"
                        + "X-API-Key: k\r\n");
        assertThat(request.body()).isEqualTo(body);
    }

    @Test
    void bodiesAreAscii() {
        // given: their length is counted in characters
        var requests = TrainingMain.requests();
        // when
        Stream<String> bodies = requests.stream().map(TrainingRequest::body);
        // then
        assertThat(bodies)
                .allSatisfy(body -> assertThat(
                                StandardCharsets.US_ASCII.newEncoder().canEncode(body))
                        .isTrue());
    }

    private static Void answer(ServerSocket server, String answer) throws IOException {
        try (var socket = server.accept()) {
            var in = socket.getInputStream();
            // up to the blank line: a connection closed with bytes unread would be reset
            for (var last = 0; last != 4; ) {
                var read = in.read();
                last = read == (last % 2 == 0 ? '\r' : '\n') ? last + 1 : read == '\r' ? 1 : 0;
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
        return null;
    }
}
