package dev.brr.jemalloc.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.load.ServiceLoad.Mix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the workload to what its figures are taken for: it leaks nothing, and keeps as much as it says. */
class ServiceLoadTest {

    @ParameterizedTest
    @EnumSource
    void whatIsDrainedWhollyIsFreedWholly(Mix mix) throws Exception {
        // given
        try (ServiceLoad load = new ServiceLoad(3, 100)) {
            load.serve(500, mix, 1);
            assertThat(load.liveBytes()).isPositive();

            // when
            load.drain(100, 2);

            // then
            assertThat(load.liveBytes()).isZero();
        }
    }

    @Test
    void aDrainOfNothingFreesNothing() throws Exception {
        // given
        try (ServiceLoad load = new ServiceLoad(2, 100)) {
            load.serve(300, Mix.SMALL, 1);
            long before = load.liveBytes();

            // when
            load.drain(0, 2);

            // then
            assertThat(load.liveBytes()).isEqualTo(before);
        }
    }

    @Test
    void oneThreadDoesTheSameWorkEachTime() throws Exception {
        // given
        long first;
        try (ServiceLoad load = new ServiceLoad(1, 64)) {
            load.serve(400, Mix.LARGE, 5);
            first = load.liveBytes();
            load.drain(100, 1);
        }

        // when
        try (ServiceLoad again = new ServiceLoad(1, 64)) {
            again.serve(400, Mix.LARGE, 5);

            // then
            assertThat(again.liveBytes()).isEqualTo(first);
            again.drain(100, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "32, 8192", "16384, 262144", "512, 163840"})
    void sizesStayWithinTheirBounds(int least, int most) {
        // given
        SplittableRandom random = new SplittableRandom(3);

        // then
        for (int i = 0; i < 10_000; i++) {
            assertThat(NativeBlock.size(random, least, most)).isBetween(least, most);
        }
    }

    @Test
    void aReplacedBlockCountsNoMore() {
        // given
        SharedCache cache = new SharedCache(1);
        SplittableRandom random = new SplittableRandom(1);
        cache.put(random, NativeBlock.of(1000));

        // when
        cache.put(random, NativeBlock.of(10));

        // then
        assertThat(cache.bytes()).isEqualTo(10);
        cache.drain(random, 100);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void theProgramWritesItsFiguresAndJemallocsOverTime(@TempDir Path folder) throws Exception {
        // given
        Path timeline = folder.resolve("timeline.csv");

        // when
        Result result = ForkedJvm.withJemalloc(ServiceLoadProgram.class, "abort_conf:true,narenas:1")
                .option("-Dthreads=2")
                .option("-Dentries=200")
                .option("-Drequests=2000")
                .option("-DidleMillis=500")
                .option("-Dtimeline=" + timeline)
                .run();

        // then
        assertThat(result.number("peak_rss")).isPositive();
        assertThat(result.number("after_idle_rss")).isPositive();
        assertThat(result.number("live_peak")).isGreaterThan(result.number("live_idle"));
        assertThat(result.number("page_faults")).isPositive();
        assertThat(result.number("requests")).isEqualTo(2000);
        List<String> lines = Files.readAllLines(timeline);
        assertThat(lines.getFirst()).isEqualTo("ms,phase,rss,live,allocated,active,dirty,resident,mapped,retained");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",")).hasSize(10));
    }
}
