package dev.brr.operator.brrservice;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what holds a rollout up, in the words of those who know: Deployment, scheduler and kubelet; each cause once. */
final class RolloutTroubles {

    private static final Pattern A_POD = Pattern.compile("^pods \"[^\"]*\" is forbidden");

    private RolloutTroubles() {}

    /** Returns a colon and all that is wrong; nothing where nothing is. */
    static String behindAColon(Deployment deployment, List<Pod> pods) {
        var causes = joined(Stream.concat(of(deployment), pods.stream().flatMap(RolloutTroubles::of)));
        return causes.isEmpty() ? "" : ": " + causes;
    }

    /** Returns in brackets what is wrong with the pods that run something else than a target; nothing where nothing is. */
    static String ofOthersInBrackets(Target target, List<Pod> pods) {
        var causes = joined(pods.stream()
                .filter(pod -> !Observation.runs(pod.getSpec(), target))
                .flatMap(RolloutTroubles::of));
        return causes.isEmpty() ? "" : " (" + causes + ")";
    }

    private static String joined(Stream<String> causes) {
        return causes.distinct().collect(Collectors.joining("; "));
    }

    /** Returns why the Deployment makes no pods: somebody paused it, or a quota or an admission webhook refuses them. */
    private static Stream<String> of(Deployment deployment) {
        var paused = Boolean.TRUE.equals(deployment.getSpec().getPaused())
                ? Stream.of("the Deployment is paused, kubectl rollout resume lets it go on")
                : Stream.<String>empty();
        var refused = deployment.getStatus().getConditions().stream()
                .filter(condition ->
                        "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .map(condition -> condition.getReason() + told(condition.getMessage()));
        return Stream.concat(paused, refused);
    }

    /** Returns why a pod has no node yet, or why its containers wait or ended. */
    private static Stream<String> of(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> Stream.concat(
                        status.getConditions().stream()
                                .filter(condition -> "PodScheduled".equals(condition.getType())
                                        && "False".equals(condition.getStatus()))
                                .map(condition -> condition.getReason() + told(condition.getMessage())),
                        status.getContainerStatuses().stream()
                                .map(RolloutTroubles::trouble)
                                .flatMap(Optional::stream)));
    }

    /** Returns a message in brackets, without the name of one pod, which is another at each try. */
    private static String told(@Nullable String message) {
        return message == null ? "" : " (" + A_POD.matcher(message).replaceFirst("pods are forbidden") + ")";
    }

    private static Optional<String> trouble(ContainerStatus status) {
        var waiting = status.getState() == null ? null : status.getState().getWaiting();
        var last = Stream.of(Optional.ofNullable(status.getState()), Optional.ofNullable(status.getLastState()))
                .flatMap(Optional::stream)
                .flatMap(state -> Stream.ofNullable(state.getTerminated()))
                .findFirst();
        var now = Optional.ofNullable(waiting)
                .filter(wait -> !"ContainerCreating".equals(wait.getReason()))
                .map(wait -> wait.getReason() + told(wait.getMessage()));
        var before = last.map(end -> "last ended %s with exit code %d".formatted(end.getReason(), end.getExitCode()));
        return now.isPresent() && before.isPresent()
                ? Optional.of(now.get() + ", " + before.get())
                : now.or(() -> before);
    }
}
