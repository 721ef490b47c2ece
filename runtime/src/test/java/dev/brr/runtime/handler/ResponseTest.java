package dev.brr.runtime.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.handler.Response.Body;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    @Test
    void okCarriesAValue() {
        // when
        Response response = Response.ok(Map.of("a", 1));

        // then
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(new Body.Of(Map.of("a", 1)));
        assertThat(response.mediaType()).isEmpty();
    }

    @Test
    void headersAndMediaTypeAreAddedToACopy() {
        // given
        Response response = Response.empty(201);

        // when
        Response more =
                response.withHeader("Location", "/a").withHeader("X", "1").withMediaType("text/plain");

        // then
        assertThat(response.headers()).isEmpty();
        assertThat(more.headers()).isEqualTo(Map.of("Location", "/a", "X", "1"));
        assertThat(more.mediaType()).isEqualTo(Optional.of("text/plain"));
    }

    @Test
    void eventsAreAnEventStream() {
        // then
        assertThat(Response.events(_ -> {}).mediaType()).contains("text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 600})
    void onlyAFinalStatusIsAnAnswer(int status) {
        // then
        assertThatThrownBy(() -> Response.empty(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 399, 600})
    void aProblemHasAStatusOfFailure(int status) {
        // then
        assertThatThrownBy(() -> new ProblemException(status, "t", "d")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProblemKeepsWhatItSays() {
        // given
        ProblemException problem = new ProblemException(404, "Not Found", "There is no pet 1");

        // then
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.title()).isEqualTo("Not Found");
        assertThat(problem.detail()).isEqualTo("There is no pet 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | | | 'data: hello~~'",
                "'' | | | 'data:~~'",
                "'a~b' | | | 'data: a~data: b~~'",
                "x | tick | | 'event: tick~data: x~~'",
                "x | tick | 7 | 'id: 7~event: tick~data: x~~'",
            })
    void anEventIsWrittenAsTheStreamHasIt(String data, String name, String id, String written) {
        // given
        Event event = new Event(data.replace("~", "\n"), Optional.ofNullable(name), Optional.ofNullable(id));

        // then
        assertThat(new String(event.bytes(), StandardCharsets.UTF_8)).isEqualTo(written.replace("~", "\n"));
    }

    @Test
    void anEventsNameCannotHoldAnotherLine() {
        // then
        assertThatThrownBy(() -> new Event("x", Optional.of("a\ndata: forged"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
