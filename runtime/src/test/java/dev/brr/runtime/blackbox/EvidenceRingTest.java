package dev.brr.runtime.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceRingTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.007Z");
    private static final KeptReason REASON = KeptReason.limit(80);

    @TempDir
    private Path folder;

    @Test
    void evidenceIsNamedByTimeReasonAndRun() throws IOException {
        // given
        EvidenceRing ring = open("0123abcd");
        // when
        Evidence kept = ring.keep(REASON, NOON, Map.of("about.json", bytes("{}"), "x", bytes("abc")));
        // then
        assertThat(kept)
                .isEqualTo(new Evidence(
                        "20260102T120000.007Z-limit_80-0123abcd", Map.of("about.json", 2L, "x", 3L), false));
        assertThat(ring.list()).containsExactly(kept);
        assertThat(EvidenceRing.taken(kept)).isEqualTo(NOON);
    }

    @Test
    void whatWasKeptIsReadAgain() throws IOException {
        // given
        EvidenceRing ring = open("0123abcd");
        // when
        Evidence kept = ring.keep(REASON, NOON, Map.of("x", bytes("abc")));
        // then
        assertThat(ring.read(kept.name(), "x"))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("abc")));
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void theNextRunFindsWhatFormerOnesKeptAndSaysSo() throws IOException {
        // given
        Evidence kept = open("0123abcd").keep(REASON, NOON, Map.of("x", bytes("abc")));
        // when
        EvidenceRing next = open("4567cdef");
        Evidence own = next.keep(REASON, NOON.plusSeconds(1), Map.of());
        // then
        assertThat(next.list())
                .containsExactly(
                        new Evidence(kept.name(), kept.files(), true), new Evidence(own.name(), Map.of(), false));
    }

    @ParameterizedTest(name = "{0} pieces of {1} bytes in a ring of 3 and 100 bytes leave {2}")
    @CsvSource({"1, 10, 1", "3, 10, 3", "4, 10, 3", "9, 10, 3", "3, 33, 3", "3, 34, 2", "5, 51, 1", "5, 100, 1"})
    void theOldestGoesBeyondTheBounds(int pieces, int size, int left) throws IOException {
        // given
        EvidenceRing ring = EvidenceRing.open(folder, "0123abcd", 3, 100);
        // when
        for (int i = 0; i < pieces; i++) {
            ring.keep(REASON, NOON.plusSeconds(i), Map.of("x", new byte[size]));
        }
        // then
        List<Evidence> kept = ring.list();
        assertThat(kept).hasSize(left);
        assertThat(EvidenceRing.taken(kept.getLast())).isEqualTo(NOON.plusSeconds(pieces - 1));
        assertThat(EvidenceRing.taken(kept.getFirst())).isEqualTo(NOON.plusSeconds(pieces - left));
    }

    @Test
    void evidenceLargerThanTheRingIsRefusedAndNothingIsLost() throws IOException {
        // given
        EvidenceRing ring = EvidenceRing.open(folder, "0123abcd", 3, 100);
        Evidence before = ring.keep(REASON, NOON, Map.of("x", new byte[100]));
        // when
        // then
        assertThatThrownBy(() -> ring.keep(REASON, NOON, Map.of("x", new byte[60], "y", new byte[41])))
                .isInstanceOf(IOException.class)
                .hasMessage("evidence of 101 bytes is larger than the ring: see blackbox.bytes, 100");
        assertThat(ring.list()).containsExactly(before);
    }

    @Test
    void aSmallerRingOfTheNextRunLetsTheOldestGo() throws IOException {
        // given
        EvidenceRing ring = open("0123abcd");
        for (int i = 0; i < 5; i++) {
            ring.keep(REASON, NOON.plus(Duration.ofHours(i)), Map.of("x", new byte[10]));
        }
        // when
        EvidenceRing smaller = EvidenceRing.open(folder, "4567cdef", 2, 1000);
        // then
        assertThat(smaller.list())
                .extracting(EvidenceRing::taken)
                .containsExactly(NOON.plus(Duration.ofHours(3)), NOON.plus(Duration.ofHours(4)));
    }

    @Test
    void whatAKilledRunDidNotFinishIsRemoved() throws IOException {
        // given
        Path rest = Files.createDirectories(folder.resolve(".unfinished-20260102T120000.007Z-limit_80-0123abcd"));
        Files.writeString(rest.resolve("profile.pb.gz"), "half");
        // when
        EvidenceRing ring = open("4567cdef");
        // then
        assertThat(ring.list()).isEmpty();
        assertThat(rest).doesNotExist();
    }

    @Test
    void whatIsNotItsOwnStaysAndIsNotListed() throws IOException {
        // given
        Path foreign = Files.createDirectories(folder.resolve("lost+found"));
        Path mark = Files.writeString(folder.resolve("running"), "x");
        // when
        EvidenceRing ring = EvidenceRing.open(folder, "0123abcd", 1, 100);
        ring.keep(REASON, NOON, Map.of());
        ring.keep(REASON, NOON.plusSeconds(1), Map.of());
        // then
        assertThat(ring.list()).hasSize(1);
        assertThat(foreign).exists();
        assertThat(mark).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "..",
                "running",
                "20260102T120000.007Z-limit_80-0123abcd/../../secret",
                "20260102T120000.007Z-limit_80-ffffffff",
                ""
            })
    void aNameThatIsNotListedReadsNothing(String name) throws IOException {
        // given
        Files.writeString(folder.resolveSibling("secret"), "no");
        EvidenceRing ring = open("0123abcd");
        ring.keep(REASON, NOON, Map.of("x", bytes("abc")));
        // when
        // then
        assertThat(ring.read(name, "x")).isEmpty();
        assertThat(ring.read(name, "")).isEmpty();
        assertThat(ring.read("20260102T120000.007Z-limit_80-0123abcd", name)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeIsAnError() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("file"), "");
        // when
        // then
        assertThatThrownBy(() -> EvidenceRing.open(file, "0123abcd", 1, 100)).isInstanceOf(IOException.class);
    }

    @Test
    void afterAFailureNothingUnfinishedIsLeft() throws IOException {
        // given
        EvidenceRing ring = open("0123abcd");
        ring.keep(REASON, NOON, Map.of("x", bytes("abc")));
        // when
        // then
        assertThatThrownBy(() -> ring.keep(REASON, NOON, Map.of("y", bytes("def"))))
                .isInstanceOf(IOException.class);
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children).hasSize(1);
        }
    }

    private EvidenceRing open(String run) throws IOException {
        return EvidenceRing.open(folder, run, 10, 1000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
