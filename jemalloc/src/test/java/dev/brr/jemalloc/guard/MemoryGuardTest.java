package dev.brr.jemalloc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.process.LimitedMemory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {

    private static final int HOUR_MILLIS = 3_600_000;

    private static ForkedJvm.Result result;

    @BeforeAll
    static void runOnce() {
        result = ForkedJvm.withJemalloc(
                        GuardProgram.class,
                        "background_thread:true,narenas:2,dirty_decay_ms:%d,muzzy_decay_ms:%d"
                                .formatted(HOUR_MILLIS, HOUR_MILLIS))
                .run();
    }

    @Test
    void unusedPagesGoBackNearTheLimit() {
        // given
        // when
        // then
        assertThat(result.number("dirty_mib")).isGreaterThan(28);
        assertThat(result.number("dirty_after_mib")).isLessThan(8);
        assertThat(result.number("rss_before_mib") - result.number("rss_after_mib"))
                .isGreaterThan(20);
    }

    @Test
    void whatWentBackIsCounted() {
        // given
        // when
        // then
        assertThat(result.number("reclaimed_mib")).isGreaterThan(20);
        assertThat(result.number("purge_micros")).isPositive();
    }

    @Test
    void sustainedPressureShortensDecayOfWhatIsAndWhatWillBe() {
        // given
        // when
        // then
        assertThat(result.number("decay_calm")).isEqualTo(HOUR_MILLIS);
        assertThat(result.number("decay_shortened")).isEqualTo(100);
        assertThat(result.number("decay_shortened_arena_0")).isEqualTo(100);
    }

    @Test
    void calmRestoresDecay() {
        // given
        // when
        // then
        assertThat(result.number("decay_restored")).isEqualTo(HOUR_MILLIS);
        assertThat(result.number("decay_restored_arena_0")).isEqualTo(HOUR_MILLIS);
    }

    @Test
    void theEndOfTheGuardRestoresDecayToo() {
        // given
        // when
        // then
        assertThat(result.number("decay_closed")).isEqualTo(HOUR_MILLIS);
        assertThat(result.number("decay_closed_arena_0")).isEqualTo(HOUR_MILLIS);
    }

    @Test
    void criticalUsePurgesLessToo() {
        // given
        // when
        // then
        assertThat(result.number("critical_purges")).isPositive();
    }

    @Test
    void looksThatFailAreToldAndNoEndToTheGuard() {
        // given
        // when
        // then
        assertThat(result.err())
                .contains(
                        "The memory guard could not do its work; it tries again",
                        "IllegalStateException: the control group went",
                        "OutOfMemoryError: for the test");
        assertThat(result.number("looking")).isEqualTo(1);
    }

    @Test
    void aClosedGuardDoesNotLook() {
        // given
        // when
        // then
        assertThat(result.number("looking_closed")).isZero();
    }

    @Test
    void withoutJemallocThereIsNoneAndItIsSaidWhy() {
        // given
        var absent = new Jemalloc.Absent(Absence.NOT_PRELOADED, "LD_PRELOAD names no jemalloc");
        // when
        var started = MemoryGuard.start(absent, new LimitedMemory.Unlimited("no limit"), GuardSettings.DEFAULTS);
        // then
        assertThat(started).isEqualTo(new MemoryGuard.Started.Off("LD_PRELOAD names no jemalloc"));
    }
}
