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
        "1, 128",
        "11, 128",
        "12, 128",
        "15, 160",
        "64, 682",
        "96, 1024",
        "205, 2186",
        "256, 2730",
        "1024, 10922",
        "1874, 19989",
        "1875, 20000",
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
                .isBetween(128, 20_000);
    }
}
