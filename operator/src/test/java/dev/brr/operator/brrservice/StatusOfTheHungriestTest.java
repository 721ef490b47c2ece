package dev.brr.operator.brrservice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.HungriestOperation;
import dev.brr.api.v1alpha1.MemoryMeasure;
import dev.brr.operator.tuning.PodReading;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The hungriest operation in a status: seen by who looks at it, and no reason to write when nothing is new. */
class StatusOfTheHungriestTest extends StatusFactoryFixture {

    @Test
    void theStatusNamesIt() {
        // given
        // when
        var status = statusWith(said(64));
        // then
        assertThat(status.hungriestOperation())
                .isEqualTo(new HungriestOperation(
                        "addPet", MemoryMeasure.InUse, new Quantity("64Mi"), "petstore-1", "2026-01-01T00:00:00Z"));
    }

    @Test
    void aServiceThatDoesNothingHasNothingWrittenAboutItForADay() {
        // given
        var first = statusWith(said(64));
        service.setStatus(first);
        for (int look = 0; look < 144; look++) {
            clock.pass(Duration.ofMinutes(10));
            // when
            var next = statusWith(said(64));
            // then
            assertThat(next).isEqualTo(first);
        }
    }

    @Test
    void aServiceThatNeverDidAnythingHasNothingWrittenAboutItForADay() {
        // given
        var first = statusWith(Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "1"), null)));
        service.setStatus(first);
        // when
        clock.pass(Duration.ofDays(1));
        var next = statusWith(Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "1"), null)));
        // then
        assertThat(next).isEqualTo(first);
        assertThat(next.hungriestOperation()).isNull();
    }

    @Test
    void useThatGoesUpAndDownByAThirdIsWrittenOnce() {
        // given
        var first = statusWith(said(64));
        service.setStatus(first);
        for (var mebibytes : List.of(70, 80, 60, 48, 66, 85, 43, 64)) {
            clock.pass(Duration.ofMinutes(10));
            // when
            var next = statusWith(said(mebibytes));
            // then
            assertThat(next).isEqualTo(first);
        }
    }

    @Test
    void anOperatorThatWasJustStartedRepeatsWhatTheStatusSays() {
        // given
        var first = statusWith(said(64));
        service.setStatus(first);
        clock.pass(Duration.ofMinutes(1));
        // when: it has asked nobody yet
        var next = statusWith(Optional.empty());
        // then
        assertThat(next.hungriestOperation()).isEqualTo(first.hungriestOperation());
    }

    @Test
    void whatIsNewIsSaidWithItsTime() {
        // given
        service.setStatus(statusWith(said(64)));
        clock.pass(Duration.ofMinutes(10));
        // when
        var status = statusWith(said(200));
        // then
        var hungriest = requireNonNull(status.hungriestOperation());
        assertThat(hungriest.memory()).isEqualTo(new Quantity("256Mi"));
        assertThat(hungriest.observedAt()).isEqualTo("2026-01-01T00:10:00Z");
    }

    @Test
    void itIsNoConditionAndTellsNoEvent() {
        // given
        var before = statusWith(said(64));
        // when
        var after = statusWith(said(500));
        // then
        assertThat(conditions(after)).isEqualTo(conditions(before));
        assertThat(Transitions.between(before, after, roll())).isEmpty();
    }

    private BrrServiceStatus statusWith(Optional<PodReading> reading) {
        return statuses.status(
                service,
                wanted(BUILT),
                roll(),
                new Observation(complete().deployment(), List.of(SampleCluster.ready("petstore-1", TARGET))),
                Map.of("petstore-1", reading));
    }

    private static Optional<PodReading> said(int mebibytes) {
        return Optional.of(new PodReading.Loaded(
                Map.of("abort_conf", "true", "narenas", "1"),
                new PodReading.Hungriest("addPet", MemoryMeasure.InUse, (long) mebibytes << 20)));
    }
}
