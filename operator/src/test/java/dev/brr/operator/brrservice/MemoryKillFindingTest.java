package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryKillFindingTest {

    private static final String NOON = "2026-01-02T12:00:00Z";
    private static final String WHERE = "; what was kept before is at /debug/heap/kept of port 9090 of the pod";

    @Test
    void aKillIsToldWithPodLimitAndTime() {
        // given
        var pod = pod("petstore-1", "512Mi", endedBefore("OOMKilled"));
        // when
        var finding = MemoryKillFinding.judge(List.of(pod));
        // then
        assertThat(finding)
                .contains(Finding.fails(
                        ConditionType.WithinMemoryLimit,
                        Reason.OutOfMemoryKilled,
                        "pod petstore-1 was killed at its memory limit of 512Mi at " + NOON + WHERE));
    }

    @Test
    void whileTheContainerIsDownTheWordsAreTheSame() {
        // given
        var down = pod("petstore-1", "512Mi", ended("OOMKilled"));
        var upAgain = pod("petstore-1", "512Mi", endedBefore("OOMKilled"));
        // when
        // then
        assertThat(MemoryKillFinding.judge(List.of(down))).isEqualTo(MemoryKillFinding.judge(List.of(upAgain)));
    }

    @Test
    void severalKillsAreToldInTheOrderOfTheirPods() {
        // given
        var second = pod("petstore-2", "256Mi", endedBefore("OOMKilled"));
        var first = pod("petstore-1", null, endedBefore("OOMKilled"));
        // when
        var one = MemoryKillFinding.judge(List.of(second, first));
        var other = MemoryKillFinding.judge(List.of(first, second));
        // then
        assertThat(one).isEqualTo(other);
        assertThat(one.orElseThrow().message())
                .isEqualTo("pod petstore-1 was killed at its memory limit at " + NOON
                        + "; pod petstore-2 was killed at its memory limit of 256Mi at " + NOON + WHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Error", "Completed", "ContainerCannotRun"})
    void anotherEndIsNone(String reason) {
        // given
        var before = pod("petstore-1", "512Mi", endedBefore(reason));
        var now = pod("petstore-1", "512Mi", ended(reason));
        // when
        // then
        assertThat(MemoryKillFinding.judge(List.of(before, now))).isEmpty();
    }

    @Test
    void anEndSinceTheKillTakesItsPlace() {
        // given
        var status = new ContainerStatusBuilder(endedBefore("OOMKilled"))
                .withState(ended("Error").getState())
                .build();
        // when
        // then
        assertThat(MemoryKillFinding.judge(List.of(pod("petstore-1", "512Mi", status))))
                .isEmpty();
    }

    @Test
    void aContainerThatSomebodyInjectedDoesNotCount() {
        // given
        var status = new ContainerStatusBuilder(endedBefore("OOMKilled"))
                .withName("sidecar")
                .build();
        // when
        // then
        assertThat(MemoryKillFinding.judge(List.of(pod("petstore-1", "512Mi", status))))
                .isEmpty();
    }

    @Test
    void podsThatRunOrHaveNoStatusYetShowNone() {
        // given
        var fresh = pod(
                "petstore-1",
                "512Mi",
                new ContainerStatusBuilder().withName("service").build());
        fresh.setStatus(null);
        // when
        // then
        assertThat(MemoryKillFinding.judge(List.of(SampleCluster.ready("petstore-2", SampleCluster.TARGET), fresh)))
                .isEmpty();
        assertThat(MemoryKillFinding.judge(List.of())).isEmpty();
    }

    private static ContainerStatus endedBefore(String reason) {
        return SampleCluster.endedBefore(reason, 137, NOON);
    }

    private static ContainerStatus ended(String reason) {
        return new ContainerStatusBuilder()
                .withName("service")
                .withState(endedBefore(reason).getLastState())
                .build();
    }

    private static Pod pod(String name, @Nullable String limit, ContainerStatus status) {
        var pod = SampleCluster.waiting(name, SampleCluster.TARGET, status);
        return limit == null ? pod : SampleCluster.limited(pod, limit);
    }
}
