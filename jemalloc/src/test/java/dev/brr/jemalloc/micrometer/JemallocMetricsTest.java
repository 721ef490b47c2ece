package dev.brr.jemalloc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JemallocMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @EnumSource
    void absentItIsOneGaugeWithTheReason(Absence reason) {
        // when
        new JemallocMetrics(new Jemalloc.Absent(reason, "because"), "narenas:2").bindTo(registry);

        // then
        assertThat(registry.getMeters()).singleElement().satisfies(meter -> {
            assertThat(meter.getId().getName()).isEqualTo("jemalloc.loaded");
            assertThat(meter.getId().getTags()).containsExactly(Tag.of("reason", reason.tag()));
            assertThat(meter.getId().getDescription()).startsWith("1 if jemalloc is the allocator");
        });
        assertThat(registry.get("jemalloc.loaded").gauge().value()).isZero();
    }
}
