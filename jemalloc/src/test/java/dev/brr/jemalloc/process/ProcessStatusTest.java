package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatusTest {

    private static final String STATUS = """
            Name:\tjava
            State:\tS (sleeping)
            VmPeak:\t 8123456 kB
            VmSize:\t 8023456 kB
            VmLck:\t       0 kB
            VmHWM:\t  300000 kB
            VmRSS:\t  200000 kB
            RssAnon:\t  150000 kB
            RssFile:\t   50000 kB
            Threads:\t42
            """;

    @Test
    void sizesAreInBytes() {
        assertThat(ProcessStatus.parse(STATUS))
                .contains(new ProcessStatus(200_000 * 1024L, 300_000 * 1024L, 8_023_456 * 1024L, 150_000 * 1024L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VmRSS", "VmHWM", "VmSize"})
    void withoutAnAddressSpaceThereIsNothing(String missing) {
        assertThat(ProcessStatus.parse(STATUS.replace(missing + ":", "No" + missing + ":")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VmRSS:\t200 MB", "VmRSS: kB", "nonsense"})
    void anythingElseIsNothing(String text) {
        assertThat(ProcessStatus.parse(text)).isEmpty();
    }

    @Test
    void aKernelThatDoesNotSplitRssLeavesItsAnonymousPartAtZero() {
        assertThat(ProcessStatus.parse(STATUS.replace("RssAnon", "Rss")))
                .map(ProcessStatus::anonymousRss)
                .contains(0L);
    }

    @Test
    void theStatusOfThisJvmIsPlausible() throws IOException {
        // when
        ProcessStatus status = ProcessStatus.parse(Files.readString(Path.of("/proc/self/status")))
                .orElseThrow();

        // then
        assertThat(status.rss()).isBetween(10L << 20, 16L << 30);
        assertThat(status.peakRss()).isGreaterThanOrEqualTo(status.rss());
        assertThat(status.vss()).isGreaterThan(status.rss());
        assertThat(status.anonymousRss()).isBetween(1L << 20, status.rss());
    }
}
