package dev.brr.operator.brrservice;

import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Names;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds pods whose container the kernel killed for want of memory when it ended last. */
final class MemoryKillFinding {

    private static final String OUT_OF_MEMORY = "OOMKilled";

    private MemoryKillFinding() {}

    /**
     * Judges; nothing where no pod shows a kill.
     *
     * <p>The message says the same while the container is down and after it is up again: it changes with the next kill.
     */
    static Optional<Finding> judge(List<Pod> pods) {
        var kills = pods.stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .flatMap(pod -> kill(pod).stream())
                .toList();
        return kills.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.fails(
                        ConditionType.WithinMemoryLimit,
                        Reason.OutOfMemoryKilled,
                        kills.stream().collect(Collectors.joining("; "))
                                + "; what was kept before is at /debug/heap/kept of port " + Names.MANAGEMENT
                                + " of the pod"));
    }

    private static Optional<String> kill(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(status -> Names.CONTAINER.equals(status.getName()))
                .flatMap(MemoryKillFinding::lastEnd)
                .filter(end -> OUT_OF_MEMORY.equals(end.getReason()))
                .map(end -> "pod %s was killed at its memory limit%s%s"
                        .formatted(
                                pod.getMetadata().getName(),
                                limit(pod).map(limit -> " of " + limit).orElse(""),
                                end.getFinishedAt() == null ? "" : " at " + end.getFinishedAt()))
                .findFirst();
    }

    private static Stream<ContainerStateTerminated> lastEnd(ContainerStatus status) {
        return Stream.of(Optional.ofNullable(status.getState()), Optional.ofNullable(status.getLastState()))
                .flatMap(Optional::stream)
                .map(MemoryKillFinding::terminated)
                .flatMap(Optional::stream)
                .limit(1);
    }

    private static Optional<ContainerStateTerminated> terminated(@Nullable ContainerState state) {
        return Optional.ofNullable(state).map(ContainerState::getTerminated);
    }

    private static Optional<Quantity> limit(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> Names.CONTAINER.equals(container.getName()))
                .map(container -> container.getResources())
                .filter(Objects::nonNull)
                .map(resources -> resources.getLimits())
                .filter(Objects::nonNull)
                .map(limits -> limits.get("memory"))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
