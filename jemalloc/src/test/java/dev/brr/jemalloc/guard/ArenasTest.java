package dev.brr.jemalloc.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.guard.Arenas.Decay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArenasTest {

    /** Times as dirty/muzzy: of those to come at the start, then what shortening makes of each arena, then restoring. */
    @ParameterizedTest(name = "{0}, shortened to {1}: {2}, {3}, {4}; restored {5}, {6}")
    @CsvSource(delimiter = '|', textBlock = """
            # at first | millis | arena 0 | large | created | large | created
            5000/0     | 100    | 100/0   | 0/0   | 100/0   | 0/0   | 5000/0
            5000/3000  | 100    | 100/100 | 0/0   | 100/100 | 0/0   | 5000/3000
            50/20      | 100    | 50/20   | 0/0   | 50/20   | 0/0   | 50/20
            -1/0       | 100    | 100/0   | 0/0   | 100/0   | 0/0   | -1/0
            5000/0     | 0      | 0/0     | 0/0   | 1/0     | 0/0   | 5000/0
            0/0        | 100    | 0/0     | 0/0   | 0/0     | 0/0   | 0/0
            """)
    void arenasThatCameUnderPressureAreRestoredOrKeepATimeOfTheirOwn(
            String atFirst,
            long millis,
            String arena0,
            String largeShortened,
            String createdShortened,
            String largeRestored,
            String createdRestored) {
        // when
        Result result = run(atFirst, millis, false);

        // then
        assertThat(result.value("large_at_first")).isEqualTo("none");
        assertThat(result.value("arena_0_shortened")).isEqualTo(arena0);
        assertThat(result.value("large_shortened")).isEqualTo(largeShortened);
        assertThat(result.value("created_shortened")).isEqualTo(createdShortened);
        assertThat(result.value("arena_0_restored")).isEqualTo(atFirst);
        assertThat(result.value("large_restored")).isEqualTo(largeRestored);
        assertThat(result.value("created_restored")).isEqualTo(createdRestored);
        assertThat(result.value("new_restored")).isEqualTo(atFirst);
    }

    @Test
    void theArenaForLargeAllocationsKeepsItsTimeAlsoWhereItWasThereBefore() {
        // when
        Result result = run("5000/0", 100, true);

        // then
        assertThat(result.value("large_at_first")).isEqualTo("0/0");
        assertThat(result.value("large_shortened")).isEqualTo("0/0");
        assertThat(result.value("large_restored")).isEqualTo("0/0");
    }

    @Test
    void timesAreSetForAllArenasAndThoseToCome() {
        // when
        Result result = run("5000/0", 100, false);

        // then
        for (String arena : new String[] {"arena_0_set", "large_set", "created_set", "later_set"}) {
            assertThat(result.value(arena)).as(arena).isEqualTo("1234/-1");
        }
    }

    @Test
    void aTimeThatJemallocDoesNotTakeChangesNone() {
        // when
        Result result = run("5000/0", 100, false);

        // then
        assertThat(result.value("refused")).isEqualTo("arenas.muzzy_decay_ms");
        assertThat(result.value("new_after_refusal")).isEqualTo("1234/-1");
        assertThat(result.value("arena_0_after_refusal")).isEqualTo("1234/-1");
    }

    @ParameterizedTest
    @CsvSource({"-2, 0", "0, -2", "-9223372036854775808, -1"})
    void whatIsNoTimeIsRefused(long dirty, long muzzy) {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decay(dirty, muzzy))
                .withMessageContaining("dirty " + dirty + ", muzzy " + muzzy);
    }

    private static Result run(String decay, long millis, boolean largeBefore) {
        String[] times = decay.split("/");
        return ForkedJvm.withJemalloc(
                        ArenasProgram.class,
                        "abort_conf:true,narenas:2,dirty_decay_ms:" + times[0] + ",muzzy_decay_ms:" + times[1])
                .option("-Dmillis=" + millis)
                .option("-DlargeBefore=" + largeBefore)
                .run();
    }
}
