package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessCpuMetricsTest {
    private static final long SECOND = 1_000_000_000;

    private final int cpus = Runtime.getRuntime().availableProcessors();
    private final ProcessCpuMetrics metrics = new ProcessCpuMetrics();
    private final long begin = System.nanoTime() + SECOND;

    @Test
    void theShareIsThatSinceTheScrapeBefore() {
        // given
        metrics.share(begin, 0);

        // then
        assertThat(metrics.share(begin + SECOND, SECOND)).isCloseTo(1.0 / cpus, within(1e-9));
        assertThat(metrics.share(begin + 3 * SECOND, SECOND + SECOND / 2)).isCloseTo(0.25 / cpus, within(1e-9));
    }

    @Test
    void aScrapeAtOnceAfterAnotherSeesTheSame() {
        // given
        metrics.share(begin, 0);
        double share = metrics.share(begin + SECOND, SECOND);

        // then
        assertThat(metrics.share(begin + SECOND + 1000, 2 * SECOND)).isEqualTo(share);
    }

    @Test
    void theShareIsNeverMoreThanAllCpusAndNeverLessThanNone() {
        // given
        metrics.share(begin, SECOND);

        // then
        assertThat(metrics.share(begin + SECOND, 100 * cpus * SECOND)).isEqualTo(1);
        assertThat(metrics.share(begin + 2 * SECOND, 0)).isZero();
    }
}
