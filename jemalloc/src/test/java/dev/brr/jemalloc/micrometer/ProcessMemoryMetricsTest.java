package dev.brr.jemalloc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.process.ProcessMemory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryMetricsTest {

    private static final Jemalloc ABSENT = new Jemalloc.Absent(Absence.NOT_PRELOADED, "because");
    private static final long KIB = 1024;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    private Path root;

    @BeforeEach
    void aProcessOf100Mebibytes() throws IOException {
        status(100_000, 120_000, 900_000);
        write("proc/self/cgroup", "0::/\n");
        write("proc/self/mountinfo", "30 25 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
    }

    @Test
    void sizesAreThoseOfTheKernel() {
        // when
        bind();

        // then
        assertThat(value("process.memory.rss")).isEqualTo(100_000 * KIB);
        assertThat(value("process.memory.peak.rss")).isEqualTo(120_000 * KIB);
        assertThat(value("process.memory.vss")).isEqualTo(900_000 * KIB);
        assertThat(value("process.memory.baseline.rss")).isEqualTo(100_000 * KIB);
        assertThat(value("process.memory.growth")).isZero();
    }

    @Test
    void growthGoesBothWaysFromTheBaseline() throws IOException {
        // given
        bind();

        // when
        status(150_000, 150_000, 900_000);

        // then
        await().untilAsserted(() -> assertThat(value("process.memory.growth")).isEqualTo(50_000 * KIB));

        // when
        status(40_000, 150_000, 900_000);

        // then
        await().untilAsserted(() -> assertThat(value("process.memory.growth")).isEqualTo(-60_000 * KIB));
        assertThat(value("process.memory.peak.rss")).isEqualTo(150_000 * KIB);
        assertThat(value("process.memory.baseline.rss")).isEqualTo(100_000 * KIB);
    }

    @Test
    void theBaselineIsOfTheConstructionAndNotOfTheBinding() throws IOException {
        // given
        ProcessMemoryMetrics metrics = new ProcessMemoryMetrics(ABSENT, ProcessMemory.below(root));
        status(300_000, 300_000, 900_000);

        // when
        metrics.bindTo(registry);

        // then
        assertThat(value("process.memory.baseline.rss")).isEqualTo(100_000 * KIB);
        assertThat(value("process.memory.growth")).isEqualTo(200_000 * KIB);
    }

    @Test
    void aLimitIsShownWhereThereIsOne() throws IOException {
        // given
        write("sys/fs/cgroup/memory.max", "536870912\n");

        // when
        bind();

        // then
        assertThat(registry.scrape()).contains("process_memory_limit_bytes 5.36870912E8\n");
    }

    @Test
    void withoutALimitThereIsNoSeriesOfIt() throws IOException {
        // given
        write("sys/fs/cgroup/memory.max", "max\n");

        // when
        bind();

        // then
        assertThat(registry.scrape()).doesNotContain("process_memory_limit");
    }

    @Test
    void withoutJemallocThereIsNoHeap() {
        // when
        bind();

        // then
        assertThat(registry.scrape()).doesNotContain("heap").doesNotContain("process_memory_allocations");
    }

    @Test
    void withoutProcThereIsNothing(@TempDir Path nowhere) {
        // when
        new ProcessMemoryMetrics(ABSENT, ProcessMemory.below(nowhere)).bindTo(registry);

        // then
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatCannotBeReadAnyMoreIsNotANumber() throws IOException {
        // given
        bind();

        // when
        Files.delete(root.resolve("proc/self/status"));

        // then
        await().untilAsserted(() -> assertThat(value("process.memory.rss")).isNaN());
    }

    @Test
    void everySizeIsInBytes() throws IOException {
        // given
        write("sys/fs/cgroup/memory.max", "536870912\n");

        // when
        bind();

        // then
        assertThat(registry.getMeters())
                .hasSize(6)
                .extracting(Meter::getId)
                .extracting(Meter.Id::getBaseUnit)
                .containsOnly("bytes");
    }

    private void bind() {
        new ProcessMemoryMetrics(ABSENT, ProcessMemory.below(root)).bindTo(registry);
    }

    private double value(String gauge) {
        return ((MeterRegistry) registry).get(gauge).gauge().value();
    }

    private void status(long rss, long peakRss, long vss) throws IOException {
        write(
                "proc/self/status",
                "VmSize: %d kB%nVmHWM: %d kB%nVmRSS: %d kB%nRssAnon: 1 kB%n".formatted(vss, peakRss, rss));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Path fresh = root.resolve("fresh");
        Files.createDirectories(path.resolve("..").normalize());
        Files.writeString(fresh, text);
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
