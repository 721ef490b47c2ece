package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the cluster shows of a service.
 *
 * @param deployment its Deployment, if there is one
 * @param pods its pods, without those that end
 * @param ending those that end
 */
record Observation(Optional<Deployment> deployment, List<Pod> pods, List<Pod> ending) {

    /** What the kubelet says after a pull has failed, and while it waits for the next. */
    private static final Set<String> PULL_FAILURES = Set.of("ErrImagePull", "ImagePullBackOff");

    /** Is later than any time, where none is told. */
    private static final String LATEST = "9999-12-31T23:59:59Z";

    /** Is one in which no pod ends. */
    Observation(Optional<Deployment> deployment, List<Pod> pods) {
        this(deployment, pods, List.of());
    }

    /** Reads the informers' memory. */
    static Observation of(BrrService service, Context<BrrService> context) {
        var pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
        return new Observation(
                context.getSecondaryResource(Deployment.class),
                pods.stream().filter(pod -> !isEnding(pod)).toList(),
                pods.stream().filter(Observation::isEnding).toList());
    }

    private static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Returns all pods, with those that end: what they have to say is of use as long as they are there. */
    List<Pod> allPods() {
        return Stream.concat(pods.stream(), ending.stream()).toList();
    }

    /** Returns what the plan needs to know. */
    RolloutPlan.Observed rollout() {
        return deployment
                .map(found -> new RolloutPlan.Observed(
                        target(found),
                        annotation(found, Labels.APPLIED_TARGET),
                        annotation(found, Labels.FAILED_TARGET),
                        deadlineExceededAt(found)
                                .filter(exceeded -> pods.stream()
                                        .filter(pod -> !isReady(pod))
                                        .filter(pod -> target(found)
                                                .filter(target -> runs(pod.getSpec(), target))
                                                .isPresent())
                                        .noneMatch(pod -> mayStillStart(pod, exceeded)))
                                .isPresent()))
                .orElse(RolloutPlan.Observed.NOTHING);
    }

    /**
     * Says whether a pod that is not ready is worth waiting for although the rollout's deadline has passed: it waits for a Secret, or its
     * container has begun for the first time since, as it does when that Secret has come.
     */
    private static boolean mayStillStart(Pod pod, String exceeded) {
        return MissingSecretFinding.waits(pod)
                || Optional.ofNullable(pod.getStatus()).stream()
                        .flatMap(status -> status.getContainerStatuses().stream())
                        .filter(status -> Names.CONTAINER.equals(status.getName()))
                        .filter(status -> Objects.requireNonNullElse(status.getRestartCount(), 0) == 0)
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .map(ContainerState::getRunning)
                        .filter(Objects::nonNull)
                        .map(ContainerStateRunning::getStartedAt)
                        // Both are of one form, to the second and in UTC, whose order is that of texts.
                        .anyMatch(begun -> begun != null && begun.compareTo(exceeded) >= 0);
    }

    /**
     * Returns the number of pods where this operator states it, alone or not. Who has set another number since, as an
     * autoscaler does, has taken it over: the API server then takes it from whoever stated the one of before.
     */
    Optional<Integer> statedReplicas() {
        return deployment
                .filter(found -> found.getMetadata().getManagedFields().stream()
                        .filter(entry -> Names.FIELD_MANAGER.equals(entry.getManager())
                                && "Apply".equals(entry.getOperation())
                                && entry.getFieldsV1() != null)
                        .map(entry ->
                                entry.getFieldsV1().getAdditionalProperties().get("f:spec"))
                        .anyMatch(spec -> spec instanceof Map<?, ?> fields && fields.containsKey("f:replicas")))
                .map(found -> found.getSpec().getReplicas());
    }

    /** Returns the pods that run a target and are ready. */
    List<Pod> readyPods(Target target) {
        return pods.stream()
                .filter(pod -> runs(pod.getSpec(), target))
                .filter(Observation::isReady)
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .toList();
    }

    /** Returns the images of the service that nodes fail to pull for it. */
    Set<String> unpullable() {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .filter(pod -> pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> Names.CONTAINER.equals(status.getName()))
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .map(ContainerState::getWaiting)
                        .filter(Objects::nonNull)
                        .anyMatch(waiting -> PULL_FAILURES.contains(waiting.getReason())))
                .flatMap(pod -> container(pod.getSpec()).stream())
                .map(Container::getImage)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Returns the names of all pods. */
    Set<String> podNames() {
        return pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** Returns the target that a Deployment runs, if it has our container. */
    static Optional<Target> target(Deployment deployment) {
        var spec = deployment.getSpec().getTemplate().getSpec();
        return container(spec)
                .map(container -> new Target(
                        container.getImage(),
                        mallocConf(container).orElse(""),
                        annotation(deployment, Labels.BUILD_INPUTS).orElse(""),
                        container.getEnv().stream()
                                .filter(ServiceEnvironment::isOfAScheme)
                                .toList(),
                        ""));
    }

    /** Returns when the deployment controller found that the deadline has passed, where it did. */
    private static Optional<String> deadlineExceededAt(Deployment deployment) {
        return Optional.ofNullable(deployment.getStatus())
                .filter(status -> Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration()))
                .flatMap(status -> status.getConditions().stream()
                        .filter(condition -> "Progressing".equals(condition.getType())
                                && "ProgressDeadlineExceeded".equals(condition.getReason()))
                        .findFirst())
                .map(condition -> Objects.requireNonNullElse(condition.getLastUpdateTime(), LATEST));
    }

    /** Says whether a pod was made for a target. */
    static boolean runs(PodSpec spec, Target target) {
        return container(spec)
                .filter(container -> target.image().equals(container.getImage()))
                .flatMap(Observation::mallocConf)
                .filter(target.mallocConf()::equals)
                .isPresent();
    }

    private static Optional<Container> container(PodSpec spec) {
        return spec.getContainers().stream()
                .filter(container -> Names.CONTAINER.equals(container.getName()))
                .findFirst();
    }

    private static Optional<String> mallocConf(Container container) {
        return container.getEnv().stream()
                .filter(variable -> ServiceEnvironment.MALLOC_CONF.equals(variable.getName()))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<String> annotation(Deployment deployment, String name) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
    }
}
