package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapSamplesTest {

    @ParameterizedTest
    @CsvSource({
        // objects, bytes, sample bytes, estimate
        "1, 524288,   524288, 829411",
        "1, 52428800, 524288, 52428800",
        "2, 64,       524288, 1048608",
        "1, 40000,    1,      40000",
        "0, 0,        524288, 0",
    })
    void aSampleStandsForTheInverseOfItsProbability(long objects, long bytes, long sampleBytes, double estimate) {
        // given
        var sample = new HeapSamples.Sample(new long[0], objects, bytes);
        // when
        double bytesInUse = sample.estimatedBytes(sampleBytes);
        // then
        assertThat(bytesInUse).isCloseTo(estimate, Percentage.withPercentage(0.01));
    }

    @Property(tries = 30)
    void estimatesAreRightOnAverage(@ForAll @IntRange(min = 16, max = 1 << 20) int size, @ForAll long seed) {
        // given: a stream of allocations, of which each byte is sampled with the same probability
        var random = new Random(seed);
        long mean = 1 << 16;
        int times = 40_000;
        long sampled = 0;
        for (int i = 0; i < times; i++) {
            sampled += random.nextDouble() < -Math.expm1(-(double) size / mean) ? 1 : 0;
        }
        // when
        double estimate = new HeapSamples.Sample(new long[0], sampled, sampled * size).estimatedObjects(mean);
        // then: within five standard deviations of the number of allocations
        double probability = -Math.expm1(-(double) size / mean);
        double deviation = Math.sqrt(times * (1 - probability) / probability);
        assertThat(estimate).isCloseTo(times, within(5 * deviation + 1));
    }

    @Test
    void objectsAreScaledAsBytesAre() {
        // given
        var sample = new HeapSamples.Sample(new long[0], 4, 4 * 4096);
        // when
        double size = sample.estimatedBytes(1 << 19) / sample.estimatedObjects(1 << 19);
        // then
        assertThat(size).isCloseTo(4096, within(0.001));
    }
}
