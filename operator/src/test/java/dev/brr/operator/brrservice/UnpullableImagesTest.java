package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpullableImagesTest {

    private static final Target TARGET = SampleCluster.TARGET;
    private static final Target OTHER = SampleCluster.OTHER;
    private static final String MESSAGE = "failed to resolve reference: not found";

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull,               true",
        "ImagePullBackOff,           true",
        "ContainerCreating,          false",
        "CrashLoopBackOff,           false",
        "CreateContainerConfigError, false",
        "InvalidImageName,           false",
        "ErrImageNeverPull,          false",
    })
    void whatTheKubeletSaysOfAPullCounts(String reason, boolean unpullable) {
        // given
        var pod = SampleCluster.waiting("petstore-1", TARGET, SampleCluster.waits(reason, MESSAGE));
        // when
        var images = observe(pod).unpullable();
        // then
        assertThat(images).isEqualTo(unpullable ? Set.of(TARGET.image()) : Set.of());
    }

    @Test
    void eachImageIsNamedOnce() {
        // given
        var first = SampleCluster.waiting("petstore-1", TARGET, SampleCluster.waits("ErrImagePull", MESSAGE));
        var second = SampleCluster.waiting("petstore-2", TARGET, SampleCluster.waits("ImagePullBackOff", MESSAGE));
        var other = SampleCluster.waiting("petstore-3", OTHER, SampleCluster.waits("ErrImagePull", MESSAGE));
        var well = SampleCluster.ready("petstore-4", TARGET);
        // when
        var images = observe(first, second, other, well).unpullable();
        // then
        assertThat(images).containsExactlyInAnyOrder(TARGET.image(), OTHER.image());
    }

    @Test
    void aContainerThatSomebodyAddedIsNotOurs() {
        // given
        var status = new ContainerStatusBuilder(SampleCluster.waits("ErrImagePull", MESSAGE))
                .withName("sidecar")
                .build();
        var pod = SampleCluster.waiting("petstore-1", TARGET, status);
        // when
        var images = observe(pod).unpullable();
        // then
        assertThat(images).isEmpty();
    }

    @Test
    void podsWithoutAStatusSayNothing() {
        // given
        var without = SampleCluster.ready("petstore-1", TARGET);
        without.setStatus(null);
        var withoutState = SampleCluster.waiting(
                "petstore-2",
                TARGET,
                new ContainerStatusBuilder().withName("service").build());
        var running = SampleCluster.waiting("petstore-3", TARGET, running());
        // when
        var images = observe(without, withoutState, running).unpullable();
        // then
        assertThat(images).isEmpty();
    }

    @Test
    void podsThatEndAreNotWaitedFor() {
        // given
        var pod = SampleCluster.waiting("petstore-1", TARGET, SampleCluster.waits("ErrImagePull", MESSAGE));
        var observation = new Observation(Optional.empty(), List.of(), List.of(pod));
        // when
        var images = observation.unpullable();
        // then
        assertThat(images).isEmpty();
    }

    private static ContainerStatus running() {
        return new ContainerStatusBuilder()
                .withName("service")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();
    }

    private static Observation observe(Pod... pods) {
        return new Observation(Optional.empty(), List.of(pods));
    }
}
