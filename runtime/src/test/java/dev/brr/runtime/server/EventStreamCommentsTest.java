package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.handler.EventSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream says while there is nothing to tell. */
@Timeout(60)
class EventStreamCommentsTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);

    private final ConnectionWatch watch = new ConnectionWatch(new TickingClock());
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    private void send(EventSource source, Duration silence) throws IOException, InterruptedException {
        EventStream.send(source, sent, watch, silence);
    }

    @Test
    void aSilentSourceSendsCommentsBetweenItsEvents() throws IOException, InterruptedException {
        // when
        send(
                sink -> {
                    sink.send("one");
                    await().atMost(Duration.ofSeconds(30)).until(() -> sent().contains("data: one\n\n:\n\n:\n\n"));
                    sink.send("two");
                },
                SOON);

        // then
        assertThat(sent().replace(":\n\n", "")).isEqualTo("data: one\n\ndata: two\n\n");
    }

    @Test
    void aSourceThatIsNotSilentSendsNone() throws IOException, InterruptedException {
        // when
        send(
                sink -> {
                    sink.send("one");
                    sink.send("two");
                },
                NEVER);

        // then
        assertThat(sent()).isEqualTo("data: one\n\ndata: two\n\n");
    }

    @Test
    void nothingIsSentAfterTheEnd() throws IOException, InterruptedException {
        // given
        send(_ -> await().atMost(Duration.ofSeconds(30)).until(() -> sent().contains(":")), SOON);
        int length = sent().length();

        // then: many times as long as the silence
        await().during(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sent()).hasSize(length));
    }

    @Test
    void aSourceThatWaitsLearnsThatItsClientIsGone() {
        // given
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        // then: it would wait for an hour
        assertThatThrownBy(() ->
                        EventStream.send(_ -> new CountDownLatch(1).await(1, TimeUnit.HOURS), closed, watch, SOON))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aSourceThatEndsBeforeASilenceIsNotInterrupted() throws IOException, InterruptedException {
        // when
        send(sink -> sink.send("one"), NEVER);

        // then
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
