package dev.brr.runtime.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFilesTest {
    private static final int THRESHOLD = RequestFiles.THRESHOLD;

    @TempDir
    private Path folder;

    private final AtomicLong heap = new AtomicLong();

    private TemporaryFiles files(long most) {
        return new TemporaryFiles(folder, most);
    }

    private RequestFiles request(TemporaryFiles files) {
        return files.ofRequest(heap::addAndGet);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private long names() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.count();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "65535,false", "65536,false", "65537,true", "1000000,true"})
    void contentGoesToDiskWhereItIsLargerThanTheThreshold(int size, boolean onDisk) throws IOException {
        // given
        byte[] bytes = bytes(size);

        try (RequestFiles request = request(files(1 << 30))) {
            // when
            Content content = request.read(new ByteArrayInputStream(bytes));

            // then
            assertThat(content instanceof Content.Spooled).isEqualTo(onDisk);
            assertThat(content.size()).isEqualTo(size);
            assertThat(content.bytes()).isEqualTo(bytes);
            assertThat(content.open()).hasBinaryContent(bytes);
            assertThat(content.open()).hasBinaryContent(bytes);
        }
        assertThat(heap.get()).isLessThanOrEqualTo(THRESHOLD);
    }

    @Test
    void whatMayBeNoFileStaysOnTheHeapAndIsCounted() throws IOException {
        // given
        byte[] bytes = bytes(200_000);

        try (RequestFiles request = request(files(0))) {
            RequestFiles.Writer writer = request.writer(false);

            // when
            writer.write(bytes);
            writer.write(7);

            // then
            assertThat(writer.content()).isInstanceOf(Content.Held.class);
            assertThat(writer.content().size()).isEqualTo(200_001);
            assertThat(heap.get()).isEqualTo(200_001);
        }
    }

    @Test
    void theHeapMayHaveNoRoom() {
        // given
        RequestFiles request = files(0).ofRequest(_ -> {
            throw new NoRoomException("full");
        });

        // then
        assertThatThrownBy(() -> request.writer(false).write(1))
                .isInstanceOf(NoRoomException.class)
                .hasMessage("full");
    }

    @Test
    void aFileHasNoNameThatAnybodyCouldFind() throws IOException {
        // given
        try (RequestFiles request = request(files(1 << 30))) {
            // when
            request.read(new ByteArrayInputStream(bytes(100_000)));

            // then
            assertThat(names()).isZero();
        }
    }

    @Test
    void filesEndWithTheirRequest() throws IOException {
        // given
        RequestFiles request = request(files(1 << 30));
        Content content = request.read(new ByteArrayInputStream(bytes(100_000)));
        InputStream begun = content.open();
        begun.readNBytes(10);

        // when
        request.close();
        request.close();

        // then
        assertThatThrownBy(begun::read).isInstanceOf(IOException.class);
        assertThatThrownBy(content::open).isInstanceOf(IOException.class).hasMessageContaining("has ended");
        assertThatThrownBy(content::bytes).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void allRequestsTogetherHaveTheRoomAndGiveItBack() throws IOException {
        // given
        TemporaryFiles files = files(250_000);
        RequestFiles first = request(files);
        first.read(new ByteArrayInputStream(bytes(200_000)));

        // when
        try (RequestFiles second = request(files)) {
            assertThatThrownBy(() -> second.read(new ByteArrayInputStream(bytes(100_000))))
                    .isInstanceOf(NoRoomException.class)
                    .hasMessageContaining("other requests");
        }
        first.close();

        // then
        assertThat(files.free()).isEqualTo(250_000);
        try (RequestFiles third = request(files)) {
            assertThat(third.read(new ByteArrayInputStream(bytes(250_000))).size())
                    .isEqualTo(250_000);
            assertThat(files.free()).isZero();
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        // given
        RequestFiles request = new TemporaryFiles(folder.resolve("nowhere"), 1 << 30).ofRequest(_ -> {});

        // then
        assertThatThrownBy(() -> request.read(new ByteArrayInputStream(bytes(100_000))))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("nowhere cannot be written");
    }

    @Test
    void aClientThatVanishesLeavesNothing() throws IOException {
        // given
        TemporaryFiles files = files(1 << 30);
        InputStream broken = new InputStream() {
            private int left = 300_000;

            @Override
            public int read() throws IOException {
                if (--left <= 0) {
                    throw new IOException("gone");
                }
                return 1;
            }
        };

        // when
        try (RequestFiles request = request(files)) {
            assertThatThrownBy(() -> request.read(broken)).hasMessage("gone");
        }

        // then
        assertThat(files.free()).isEqualTo(1 << 30);
        assertThat(names()).isZero();
    }

    @Property(tries = 30)
    void aFileIsReadFromAnyPlace(
            @ForAll @IntRange(min = 70_000, max = 200_000) int size, @ForAll @IntRange(max = 250_000) int skipped)
            throws IOException {
        // given
        byte[] bytes = bytes(size);
        try (RequestFiles request =
                new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir")), 1 << 30).ofRequest(_ -> {})) {
            InputStream in = request.read(new ByteArrayInputStream(bytes)).open();

            // when
            long over = in.skip(skipped);

            // then
            assertThat(over).isEqualTo(Math.min(skipped, size));
            assertThat(in.available()).isEqualTo(size - (int) over);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, (int) over, size));
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.skip(1)).isZero();
        }
    }
}
