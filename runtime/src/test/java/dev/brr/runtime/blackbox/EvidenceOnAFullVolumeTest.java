package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceOnAFullVolumeTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final KeptReason REASON = KeptReason.limit(80);
    private static final int BLOCK = (int) Volume.BLOCK;

    @TempDir
    private Path folder;

    /** A piece of a file takes its blocks and one for the folder. */
    @ParameterizedTest(name = "{0} blocks hold {2} of pieces of {1} blocks")
    @CsvSource({"6, 1, 3", "7, 1, 3", "2, 1, 1", "9, 2, 3", "8, 2, 2", "5, 4, 1", "20, 1, 10"})
    void theOldestMakesRoomForTheNewest(int blocks, int size, int left) throws IOException {
        // given
        EvidenceRing ring = ring(new SmallVolume(folder, blocks));
        // when
        for (int i = 0; i < 12; i++) {
            ring.keep(REASON, NOON.plusSeconds(i), Map.of("x", new byte[size * BLOCK]));
        }
        // then
        List<Evidence> kept = ring.list();
        assertThat(kept).hasSize(left);
        assertThat(EvidenceRing.taken(kept.getFirst())).isEqualTo(NOON.plusSeconds(12 - left));
        assertThat(EvidenceRing.taken(kept.getLast())).isEqualTo(NOON.plusSeconds(11));
        assertThat(unfinished()).isZero();
    }

    @Test
    void noMoreGoesThanHasTo() throws IOException {
        // given
        EvidenceRing ring = ring(new SmallVolume(folder, 10));
        for (int i = 0; i < 5; i++) {
            ring.keep(REASON, NOON.plusSeconds(i), Map.of("x", new byte[10]));
        }
        // when
        ring.keep(REASON, NOON.plusSeconds(5), Map.of("x", new byte[2 * BLOCK], "y", new byte[BLOCK]));
        // then
        assertThat(ring.list())
                .extracting(EvidenceRing::taken)
                .containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(3), NOON.plusSeconds(4), NOON.plusSeconds(5));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "Auf dem Gerät ist kein Platz mehr"})
    void whicheverWordsTheSystemHas(String words) throws IOException {
        // given
        EvidenceRing ring = ring(new SmallVolume(folder, 2).saying(words));
        ring.keep(REASON, NOON, Map.of("x", new byte[10]));
        // when
        ring.keep(REASON, NOON.plusSeconds(1), Map.of("x", new byte[10]));
        // then
        assertThat(ring.list()).extracting(EvidenceRing::taken).containsExactly(NOON.plusSeconds(1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
    void alsoWhereTheFiguresSayThatThereIsRoom(String words) throws IOException {
        // given
        EvidenceRing ring = ring(new SmallVolume(folder, 2).lying().saying(words));
        ring.keep(REASON, NOON, Map.of("x", new byte[10]));
        // when
        ring.keep(REASON, NOON.plusSeconds(1), Map.of("x", new byte[10]));
        // then
        assertThat(ring.list()).extracting(EvidenceRing::taken).containsExactly(NOON.plusSeconds(1));
    }

    @Test
    void whatWouldHaveNoRoomEvenAloneCostsNothing() throws IOException {
        // given
        SmallVolume volume = new SmallVolume(folder, 8);
        EvidenceRing ring = ring(volume);
        ring.keep(REASON, NOON, Map.of("x", new byte[10]));
        ring.keep(REASON, NOON.plusSeconds(1), Map.of("x", new byte[10]));
        volume.takeFromOthers(3);
        // when
        // then
        assertThatThrownBy(() -> ring.keep(REASON, NOON.plusSeconds(2), Map.of("x", new byte[5 * BLOCK])))
                .isInstanceOf(IOException.class)
                .hasMessage("the volume of %s is full: evidence takes 24576 bytes, 4096 are free, and the 2 pieces of"
                                .formatted(folder)
                        + " evidence that are there take 16384");
        assertThat(ring.list()).hasSize(2);
        assertThat(unfinished()).isZero();
    }

    @Test
    void anEmptyRingSaysThatTheVolumeIsFull() throws IOException {
        // given
        SmallVolume volume = new SmallVolume(folder, 4);
        volume.takeFromOthers(4);
        EvidenceRing ring = ring(volume);
        // when
        // then
        assertThatThrownBy(() -> ring.keep(REASON, NOON, Map.of("x", new byte[1])))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("8192 bytes, 0 are free, and the 0 pieces of evidence that are there take 0");
        assertThat(unfinished()).isZero();
    }

    @Test
    void anotherFailureLosesNothing() throws IOException {
        // given
        EvidenceRing kept = ring(new SmallVolume(folder, 100));
        kept.keep(REASON, NOON, Map.of("x", new byte[10]));
        EvidenceRing failing = ring(new SmallVolume(folder, 0).lying().saying("Read-only file system"));
        // when
        // then
        assertThatThrownBy(() -> failing.keep(REASON, NOON.plusSeconds(1), Map.of("x", new byte[10])))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("Read-only file system");
        assertThat(kept.list()).hasSize(1);
    }

    @Test
    void roomThatIsThereAgainIsUsed() throws IOException {
        // given
        SmallVolume volume = new SmallVolume(folder, 6);
        EvidenceRing ring = ring(volume);
        volume.takeFromOthers(6);
        assertThatThrownBy(() -> ring.keep(REASON, NOON, Map.of("x", new byte[1])))
                .isInstanceOf(IOException.class);
        // when
        volume.takeFromOthers(0);
        ring.keep(REASON, NOON, Map.of("x", new byte[1]));
        // then
        assertThat(ring.list()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}, {1} usable of {2}: {3}")
    @CsvSource({
        "No space left on device, 100, 10, true",
        "/kept/x: No space left on device, 0, 10, true",
        "Disk quota exceeded, 100, 10, true",
        "no space left on device, 100, 10, true",
        "anything, 9, 10, true",
        "anything, 10, 10, false",
        "Read-only file system, 100, 10, false",
        ", 100, 10, false",
        ", 0, 10, true"
    })
    void wordsOrFiguresSayThatItIsFull(String words, long usable, long wanted, boolean full) {
        // given
        // when
        // then
        assertThat(Volume.isFull(new IOException(words), usable, wanted)).isEqualTo(full);
    }

    @ParameterizedTest(name = "{0} bytes take {1}")
    @CsvSource({"0, 0", "1, 4096", "4096, 4096", "4097, 8192", "33554432, 33554432"})
    void bytesTakeWholeBlocks(long bytes, long taken) {
        // given
        // when
        // then
        assertThat(Volume.blocks(bytes)).isEqualTo(taken);
    }

    private EvidenceRing ring(Volume volume) throws IOException {
        return EvidenceRing.open(volume, folder, "0123abcd", 10, 1 << 20);
    }

    private long unfinished() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> child.getFileName().toString().startsWith(".unfinished-"))
                    .count();
        }
    }
}
