package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.ScrapeMode;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Optional;

/** Makes the Deployments and pods that a cluster would show of a service. */
final class SampleCluster {

    /** Runs one arena. */
    static final Target TARGET = new Target(
            "registry.example:5000/shop/petstore@sha256:" + "1".repeat(64), "abort_conf:true,narenas:1", "inputs-1");

    /** Runs another image. */
    static final Target OTHER = new Target(
            "registry.example:5000/shop/petstore@sha256:" + "2".repeat(64), "abort_conf:true,narenas:1", "inputs-2");

    private SampleCluster() {}

    /** Returns the Deployment of a target as it is applied, generation 5, before any controller has seen it. */
    static Deployment applied(BrrService service, Target target) {
        return applied(service, target, new RolloutPlan.Roll(target, Change.None));
    }

    /** Returns the Deployment of a plan as it is applied, generation 5, before any controller has seen it. */
    static Deployment applied(BrrService service, Target target, RolloutPlan plan) {
        var deployment = DeploymentDependentResource.deployment(
                service, new Desired(plan, ScrapeMode.PodMonitor, Optional.empty()), target);
        deployment.getMetadata().setGeneration(5L);
        return deployment;
    }

    /** Returns a Deployment whose controller has seen it and counts these pods. */
    static Deployment counted(Deployment deployment, int replicas, int updated, int available) {
        return new DeploymentBuilder(deployment)
                .withNewStatus()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .withReadyReplicas(available)
                .withUnavailableReplicas(replicas - available)
                .addNewCondition()
                .withType("Progressing")
                .withStatus("True")
                .withReason("ReplicaSetUpdated")
                .endCondition()
                .endStatus()
                .build();
    }

    /** Returns a Deployment whose rollout made no progress in time. */
    static Deployment stuck(Deployment deployment) {
        var counted = counted(deployment, 2, 1, 1);
        counted.getStatus().getConditions().getFirst().setStatus("False");
        counted.getStatus().getConditions().getFirst().setReason("ProgressDeadlineExceeded");
        return counted;
    }

    /** Returns a pod of a target that is ready and has an address. */
    static Pod ready(String name, Target target) {
        return pod(name, target, "True");
    }

    /** Returns a pod of a target that has an address and is not ready. */
    static Pod starting(String name, Target target) {
        return pod(name, target, "False");
    }

    /** Returns a pod that is not ready because its container waits. */
    static Pod waiting(String name, Target target, ContainerStatus status) {
        var pod = starting(name, target);
        pod.getStatus().getContainerStatuses().add(status);
        return pod;
    }

    /** Returns the status of a container that waits for a reason, with the kubelet's message or an empty one. */
    static ContainerStatus waits(String reason, String message) {
        return new ContainerStatusBuilder()
                .withName("service")
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message.isEmpty() ? null : message)
                .endWaiting()
                .endState()
                .build();
    }

    /** Returns the status of a container that runs, and ended before. */
    static ContainerStatus endedBefore(String reason, int exitCode) {
        return new ContainerStatusBuilder()
                .withName("service")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .endTerminated()
                .endLastState()
                .build();
    }

    /** Returns the status of a container that runs, and ended before at a time. */
    static ContainerStatus endedBefore(String reason, int exitCode, String finishedAt) {
        var status = endedBefore(reason, exitCode);
        status.getLastState().getTerminated().setFinishedAt(finishedAt);
        return status;
    }

    /** Returns the pod with a memory limit on its container. */
    static Pod limited(Pod pod, String memory) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("memory", new Quantity(memory))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod pod(String name, Target target, String ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("service")
                .withImage(target.image())
                .addNewEnv()
                .withName("LD_PRELOAD")
                .withValue("/opt/brr/lib/libjemalloc.so.2")
                .endEnv()
                .addNewEnv()
                .withName("MALLOC_CONF")
                .withValue(target.mallocConf())
                .endEnv()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP("10.0.0.7")
                .addNewCondition()
                .withType("Initialized")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }
}
