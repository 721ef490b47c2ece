package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lets minutes pass that each are as a test says. */
class InUseByOperationTest {
    private static final HeapProfile FIRST = new HeapProfile(Instant.EPOCH, 1, List.of());
    private static final HeapProfile SECOND = new HeapProfile(Instant.EPOCH.plusSeconds(60), 1, List.of());

    private final List<HeapProfile> taken = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** What a minute brings: a profile, or what goes wrong, or nothing while nothing is sampled. */
    private record Minute(
            boolean sampled,
            @Nullable HeapProfile profile,
            @Nullable Exception failure) {
        static final Minute CALM = new Minute(false, null, new IOException("asked for what is not sampled"));

        static Minute of(HeapProfile profile) {
            return new Minute(true, profile, null);
        }

        static Minute failing(Exception failure) {
            return new Minute(true, null, failure);
        }
    }

    /** The minutes, one after the other; the pause after the last one is interrupted. */
    private static final class Minutes implements InUseByOperation.Profiles, InUseByOperation.Pause {
        private final List<Minute> minutes;
        private int passed;

        Minutes(Minute... minutes) {
            this.minutes = List.of(minutes);
        }

        private Minute now() {
            return minutes.get(passed - 1);
        }

        @Override
        public void pass() throws InterruptedException {
            if (passed == minutes.size()) {
                throw new InterruptedException();
            }
            passed++;
        }

        @Override
        public boolean areSampled() {
            return now().sampled();
        }

        @Override
        public HeapProfile take() throws IOException {
            HeapProfile profile = now().profile();
            if (profile != null) {
                return profile;
            }
            if (now().failure() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (IOException) Objects.requireNonNull(now().failure());
        }
    }

    @Test
    void eachMinuteInWhichAllocationsAreSampledHasAProfile() {
        // given
        Minutes minutes = new Minutes(Minute.of(FIRST), Minute.of(SECOND));
        // when
        watch(minutes, taken::add);
        // then
        assertThat(taken).containsExactly(FIRST, SECOND);
        assertThat(problems).isEmpty();
    }

    @Test
    void aMinuteInWhichNoneAreSampledHasNone() {
        // given
        Minutes minutes = new Minutes(Minute.CALM, Minute.of(SECOND), Minute.CALM);
        // when
        watch(minutes, taken::add);
        // then
        assertThat(taken).containsExactly(SECOND);
        assertThat(problems).isEmpty();
    }

    @Test
    void nothingIsTakenBeforeTheFirstMinuteHasPassed() {
        // given
        Minutes minutes = new Minutes();
        // when
        watch(minutes, taken::add);
        // then
        assertThat(taken).isEmpty();
    }

    @Test
    void itGoesOnAfterAProfileThatCouldNotBeTaken() {
        // given
        Minutes minutes = new Minutes(
                Minute.failing(new IOException("disk full")),
                Minute.failing(new IllegalStateException("refused")),
                Minute.of(SECOND));
        // when
        watch(minutes, taken::add);
        // then
        assertThat(taken).containsExactly(SECOND);
        assertThat(problems).containsExactly("disk full", "refused");
    }

    @Test
    void aProblemThatStaysIsToldOnce() {
        // given
        Minutes minutes = new Minutes(
                Minute.failing(new IOException("disk full")),
                Minute.failing(new IOException("disk full")),
                Minute.CALM,
                Minute.failing(new IOException("disk full")));
        // when
        watch(minutes, taken::add);
        // then
        assertThat(problems).containsExactly("disk full");
    }

    @Test
    void aProblemThatComesBackIsToldAgain() {
        // given
        Minutes minutes = new Minutes(
                Minute.failing(new IOException("disk full")),
                Minute.of(FIRST),
                Minute.failing(new IOException("disk full")));
        // when
        watch(minutes, taken::add);
        // then
        assertThat(problems).containsExactly("disk full", "disk full");
    }

    @Test
    void whoGetsTheProfilesMayFailWithoutAnEndToThem() {
        // given
        Minutes minutes = new Minutes(Minute.of(FIRST), Minute.of(SECOND));
        // when
        watch(minutes, profile -> {
            taken.add(profile);
            throw new IllegalArgumentException("no such gauge");
        });
        // then
        assertThat(taken).containsExactly(FIRST, SECOND);
        assertThat(problems).containsExactly("no such gauge");
    }

    @Test
    void aProblemWithoutAMessageIsToldToo() {
        // given
        Minutes minutes = new Minutes(Minute.failing(new IllegalStateException()));
        // when
        watch(minutes, taken::add);
        // then
        assertThat(problems).containsExactly("null");
    }

    @Test
    void whereThereIsNoJemallocItEndsWithoutAProfile() {
        // given
        Jemalloc absent = new Jemalloc.Absent(Absence.NOT_PRELOADED, "LD_PRELOAD is not set");
        // when
        InUseByOperation.watch(absent, taken::add).close();
        // then
        assertThat(taken).isEmpty();
    }

    private void watch(Minutes minutes, Consumer<HeapProfile> whoGetsThem) {
        InUseByOperation.watch(minutes, minutes, whoGetsThem, problems::add);
    }
}
