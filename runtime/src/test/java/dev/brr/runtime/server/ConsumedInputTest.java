package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.helidon.common.buffers.DataReader;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConsumedInputTest {

    @Test
    void whatIsConsumedDoesNotHoldWhatComesAfterIt() {
        // given
        List<WeakReference<byte[]>> read = new ArrayList<>();
        DataReader reader = ConsumedInput.reader(
                () -> {
                    byte[] bytes = new byte[100];
                    read.add(new WeakReference<>(bytes));
                    return bytes;
                },
                1024,
                () -> {});
        reader.readBytes(50);
        Object old = ConsumedInput.head(reader);

        // when
        for (int i = 0; i < 10; i++) {
            reader.readBytes(100);
        }

        // then: but for the link that it is at, and the old one that is held here
        assertThat(old).isNotNull();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(read.subList(1, 9)).allMatch(bytes -> bytes.get() == null);
        });
        Reference.reachabilityFence(old);
    }

    @Property(tries = 300)
    void everyByteIsReadHoweverItComes(@ForAll @Size(max = 20) List<String> pieces) {
        // given
        Queue<byte[]> left = new ArrayDeque<>();
        StringBuilder all = new StringBuilder();
        for (String piece : pieces) {
            left.add(piece.getBytes(StandardCharsets.UTF_8));
            all.append(new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
        byte[] expected = all.toString().getBytes(StandardCharsets.UTF_8);
        DataReader reader = ConsumedInput.reader(left::poll, 1024, () -> {});

        // when
        byte[] read = new byte[expected.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = reader.read();
        }

        // then
        assertThat(read).isEqualTo(expected);
        assertThatThrownBy(reader::read).isInstanceOf(DataReader.InsufficientDataAvailableException.class);
    }

    @Test
    void aLineThatComesInPiecesIsOneLine() {
        // given
        Queue<byte[]> left = new ArrayDeque<>();
        for (String piece : List.of("1", "f;na", "me\r", "\n0\r\n", "\r", "\nbody")) {
            left.add(piece.getBytes(StandardCharsets.US_ASCII));
        }
        DataReader reader = ConsumedInput.reader(left::poll, 1024, () -> {});

        // then
        assertThat(reader.readLine()).isEqualTo("1f");
        assertThat(reader.readLine()).isEqualTo("0");
        assertThat(reader.readLine()).isEmpty();
        assertThat(reader.readAsciiString(4)).isEqualTo("body");
    }
}
