package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriersTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 3", "4, 5", "6, 6", "8, 9", "64, 64"})
    void thereIsOneMoreThanReadPollersAndNoLessThanProcessors(int processors, int carriers) {
        assertThat(Carriers.of(processors)).isEqualTo(carriers);
    }

    @Test
    void whatSomebodyHasSetStays() {
        // given
        Properties properties = new Properties();
        properties.setProperty(Carriers.PARALLELISM, "7");

        // when
        Carriers.provide(properties, 2);

        // then
        assertThat(properties).containsEntry(Carriers.PARALLELISM, "7");
    }
}
