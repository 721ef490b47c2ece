package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.Container;
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

/**
 * Holds what the cluster shows of a service.
 *
 * @param deployment its Deployment, if there is one
 * @param pods its pods, without those that end
 */
record Observation(Optional<Deployment> deployment, List<Pod> pods) {

    /** Reads the informers' memory. */
    static Observation of(BrrService service, Context<BrrService> context) {
        return new Observation(
                context.getSecondaryResource(Deployment.class),
                context.getSecondaryResourcesAsStream(Pod.class)
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .toList());
    }

    /** Returns what the plan needs to know. */
    RolloutPlan.Observed rollout() {
        return deployment
                .map(found -> new RolloutPlan.Observed(
                        target(found), annotation(found, Labels.FAILED_TARGET), deadlineExceeded(found)))
                .orElse(RolloutPlan.Observed.NOTHING);
    }

    /** Returns the pods that run a target and are ready. */
    List<Pod> readyPods(Target target) {
        return pods.stream()
                .filter(pod -> runs(pod.getSpec(), target))
                .filter(pod -> pod.getStatus() != null
                        && pod.getStatus().getPodIP() != null
                        && pod.getStatus().getConditions().stream()
                                .anyMatch(condition ->
                                        "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())))
                .toList();
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
                        annotation(deployment, Labels.BUILD_INPUTS).orElse("")));
    }

    private static boolean deadlineExceeded(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && status.getConditions().stream()
                        .anyMatch(condition -> "Progressing".equals(condition.getType())
                                && "ProgressDeadlineExceeded".equals(condition.getReason()));
    }

    private static boolean runs(PodSpec spec, Target target) {
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
