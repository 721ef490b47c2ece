package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a status says when the kernel has killed a container for want of memory. */
class StatusOfAKillTest extends StatusFactoryFixture {

    @Test
    void aKillIsAConditionBesideAServiceThatIsReadyAgain() {
        // given
        // when
        var status = statusWith(killed("petstore-1"));
        // then
        assertThat(states(status))
                .contains("Ready True ServiceReady")
                .endsWith("WithinMemoryLimit False OutOfMemoryKilled");
    }

    @Test
    void withoutAKillThereIsNoWordOfIt() {
        // given
        // when
        var status = statusWith(SampleCluster.ready("petstore-1", TARGET));
        // then
        assertThat(Conditions.find(status.conditions(), ConditionType.WithinMemoryLimit))
                .isEmpty();
    }

    @Test
    void theSameKillSeenAgainChangesNothingAndIsToldOnce() {
        // given
        var first = statusWith(killed("petstore-1"));
        service.setStatus(first);
        clock.pass(Duration.ofMinutes(5));
        // when
        var second = statusWith(killed("petstore-1"));
        // then
        assertThat(second).isEqualTo(first);
        assertThat(told(null, first)).contains(Reason.OutOfMemoryKilled);
        assertThat(told(first, second)).isEmpty();
    }

    @Test
    void theConditionGoesWithThePod() {
        // given
        service.setStatus(statusWith(killed("petstore-1")));
        // when
        var status = statusWith(SampleCluster.ready("petstore-2", TARGET));
        // then
        assertThat(states(status)).noneMatch(state -> state.startsWith("WithinMemoryLimit"));
        assertThat(told(service.getStatus(), status)).isEmpty();
    }

    @Test
    void theEventOfAKillIsAWarning() {
        // given
        var status = statusWith(killed("petstore-1"));
        // when
        var transitions = Transitions.between(null, status, roll());
        // then
        assertThat(transitions)
                .filteredOn(transition -> transition.reason() == Reason.OutOfMemoryKilled)
                .singleElement()
                .satisfies(transition -> {
                    assertThat(transition.warning()).isTrue();
                    assertThat(transition.note()).contains("petstore-1", "/debug/heap/kept");
                });
    }

    private static List<Reason> told(@Nullable BrrServiceStatus before, BrrServiceStatus after) {
        return Transitions.between(before, after, roll()).stream()
                .map(Transitions.Transition::reason)
                .toList();
    }

    private BrrServiceStatus statusWith(Pod pod) {
        return statuses.status(
                service,
                wanted(BUILT),
                roll(),
                new Observation(complete().deployment(), List.of(pod)),
                Map.of("petstore-1", TUNED));
    }

    private static Pod killed(String name) {
        return SampleCluster.waiting(name, TARGET, SampleCluster.endedBefore("OOMKilled", 137));
    }
}
