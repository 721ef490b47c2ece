package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsTest {
    private static final long MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "8, 500",
        "32, 500",
        "47, 500",
        "48, 512",
        "64, 1024",
        "96, 2048",
        "128, 3072",
        "256, 7168",
        "512, 15360",
        "656, 19968",
        "657, 20000",
        "65536, 20000",
    })
    void theHeapDecidesHowManyConnectionsThereMayBe(long mebibytes, int connections) {
        // then
        assertThat(ConnectionSettings.maxFor(mebibytes * MEBIBYTE)).isEqualTo(connections);
    }

    @Property
    void aLargerHeapNeverTakesFewer(
            @ForAll @LongRange(min = 0, max = 1L << 40) long heap,
            @ForAll @LongRange(min = 0, max = 1L << 40) long more) {
        // then
        assertThat(ConnectionSettings.maxFor(heap + more))
                .isGreaterThanOrEqualTo(ConnectionSettings.maxFor(heap))
                .isBetween(500, 20_000);
    }
}
