package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.DescriptorLimit.Connections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorLimitTest {

    @ParameterizedTest
    @CsvSource({
        "Max open files            1024                 524288               files, 1024",
        "Max open files            1048576              1048576              files, 1048576",
        "Max open files            unlimited            unlimited            files, 9223372036854775807",
    })
    void theSoftLimitCounts(String line, long limit) {
        // then
        assertThat(DescriptorLimit.in(List.of("Limit  Soft Limit  Hard Limit  Units", line)))
                .isEqualTo(limit);
    }

    @Test
    void whereNothingIsSaidThereIsNoBound() {
        // then
        assertThat(DescriptorLimit.in(List.of())).isEqualTo(Long.MAX_VALUE);
        assertThat(DescriptorLimit.in(List.of("Max cpu time unlimited unlimited seconds")))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsLeftToThisProcessIsFound() throws Exception {
        // given
        boolean linux = Files.exists(Path.of("/proc/self/limits"));

        // then
        assertThat(DescriptorLimit.left()).isGreaterThan(linux ? 16 : Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "1365, 1048576, 1365, 1450",
        "20000, 1048576, 20000, 21250",
        "1365, 1024, 720, 768",
        "1365, 400, 282, 300",
        "128, 256, 128, 136",
        "100, 16, 4, 12",
        "100, 4, 1, 9",
        "1, 1048576, 1, 9",
        "1000000, 9223372036854775807, 1000000, 1062500",
    })
    void theServiceGetsThreeQuarters(int wanted, long limit, int served, int accepted) {
        // then
        assertThat(DescriptorLimit.forService(wanted, limit)).isEqualTo(new Connections(served, accepted));
    }

    @ParameterizedTest
    @CsvSource({"1365, 1048576, 1365, 1450", "1365, 1024, 120, 128", "1365, 400, 42, 50", "10, 1048576, 10, 18"})
    void theManagementPortGetsAnEighth(int wanted, long limit, int served, int accepted) {
        // then
        assertThat(DescriptorLimit.forManagement(wanted, limit)).isEqualTo(new Connections(served, accepted));
    }

    @Property
    void noMoreThanWantedAreServedAndTheDoorIsNeverShut(
            @ForAll @IntRange(min = 1, max = 1_000_000) int wanted,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long limit) {
        // when
        Connections connections = DescriptorLimit.forService(wanted, limit);

        // then
        assertThat(connections.served()).isBetween(1, wanted);
        assertThat(connections.accepted()).isGreaterThan(connections.served());
        assertThat((long) connections.accepted()).isLessThanOrEqualTo(Math.max(9, limit / 4 * 3));
    }
}
