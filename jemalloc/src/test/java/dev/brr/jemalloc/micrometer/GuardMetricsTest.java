package dev.brr.jemalloc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.guard.MemoryGuard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardMetricsTest {

    @Test
    void withoutAGuardThereIsAZeroAlone() {
        // given
        var registry = new SimpleMeterRegistry();
        // when
        new GuardMetrics(new MemoryGuard.Started.Off("no limit")).bindTo(registry);
        // then
        assertThat(registry.getMeters()).hasSize(1);
        assertThat(registry.get("jemalloc.guard.active").gauge().value()).isZero();
    }

    @Test
    void aGuardPublishesWhatItDoes() {
        // given
        var jvm = ForkedJvm.withJemalloc(GuardMetricsProgram.class, "narenas:1,dirty_decay_ms:7000");
        // when
        var result = jvm.run();
        // then
        List<String> samples = result.out()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("(seconds_total) \\S+$", "$1 ?"))
                .sorted()
                .toList();
        assertThat(samples)
                .containsExactly(
                        "jemalloc_guard_active 1.0",
                        "jemalloc_guard_dirty_decay_seconds 7.0",
                        "jemalloc_guard_pressure 0.0",
                        "jemalloc_guard_purge_seconds_total ?",
                        "jemalloc_guard_purges_total{reason=\"critical\"} 0.0",
                        "jemalloc_guard_purges_total{reason=\"near_limit\"} 0.0",
                        "jemalloc_guard_reclaimed_bytes_total 0.0");
    }
}
