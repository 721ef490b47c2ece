package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LimitedInputTest {

    private static InputStream limited(int size, long limit) {
        return new LimitedInput(new ByteArrayInputStream(new byte[size]), limit);
    }

    @Property(tries = 300)
    void aBodyWithinTheLimitComesWholeAndALargerOneDoesNot(
            @ForAll @Size(max = 50) byte[] bytes,
            @ForAll @IntRange(max = 60) int limit,
            @ForAll @IntRange(min = 1, max = 7) int step)
            throws IOException {
        // given
        InputStream in = new LimitedInput(new ByteArrayInputStream(bytes), limit);
        byte[] read = new byte[0];
        boolean refused = false;

        // when
        try {
            byte[] piece = new byte[step];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                int before = read.length;
                read = Arrays.copyOf(read, before + count);
                System.arraycopy(piece, 0, read, before, count);
            }
        } catch (Exchange.BodyTooLargeException _) {
            refused = true;
        }

        // then
        assertThat(refused).isEqualTo(bytes.length > limit);
        assertThat(read.length).isLessThanOrEqualTo(limit);
        assertThat(read).isEqualTo(Arrays.copyOf(bytes, read.length));
        if (!refused) {
            assertThat(read).isEqualTo(bytes);
        }
    }

    @Test
    void singleBytesAreCountedToo() throws IOException {
        // given
        InputStream in = limited(3, 2);

        // when
        in.read();
        in.read();

        // then
        assertThatThrownBy(in::read).isInstanceOf(Exchange.BodyTooLargeException.class);
    }

    @Test
    void whatIsSkippedIsCounted() throws IOException {
        // given
        InputStream in = limited(100, 50);

        // then
        assertThat(in.skip(40)).isEqualTo(40);
        assertThatThrownBy(() -> in.skip(40)).isInstanceOf(Exchange.BodyTooLargeException.class);
    }

    @Test
    void thereIsNoWayBackAroundTheLimit() {
        // given
        InputStream in = limited(10, 10);

        // then
        assertThat(in.markSupported()).isFalse();
        assertThatThrownBy(in::reset).isInstanceOf(IOException.class);
    }
}
