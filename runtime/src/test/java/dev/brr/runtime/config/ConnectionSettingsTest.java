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
        "1, 128, 128",
        "11, 128, 128",
        "12, 128, 128",
        "15, 160, 128",
        "64, 682, 227",
        "96, 1024, 341",
        "205, 2186, 728",
        "256, 2730, 910",
        "1024, 10922, 3640",
        "1874, 19989, 6663",
        "1875, 20000, 6666",
        "5625, 20000, 20000",
        "65536, 20000, 20000",
    })
    void theHeapDecidesHowManyConnectionsThereMayBe(long mebibytes, int plain, int byTls) {
        // then
        assertThat(ConnectionSettings.maxFor(mebibytes * MEBIBYTE, false)).isEqualTo(plain);
        assertThat(ConnectionSettings.maxFor(mebibytes * MEBIBYTE, true)).isEqualTo(byTls);
    }

    @Property
    void aLargerHeapNeverTakesFewer(
            @ForAll @LongRange(min = 0, max = 1L << 40) long heap,
            @ForAll @LongRange(min = 0, max = 1L << 40) long more,
            @ForAll boolean tls) {
        // then
        assertThat(ConnectionSettings.maxFor(heap + more, tls))
                .isGreaterThanOrEqualTo(ConnectionSettings.maxFor(heap, tls))
                .isLessThanOrEqualTo(ConnectionSettings.maxFor(heap + more, false))
                .isBetween(128, 20_000);
    }
}
