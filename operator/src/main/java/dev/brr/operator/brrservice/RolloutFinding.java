package dev.brr.operator.brrservice;

import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges from the Deployment and its pods how far a rollout is. */
final class RolloutFinding {

    private static final String FAILED = "the rollout failed";

    private RolloutFinding() {}

    /** Judges. The Deployment has to be read after it was applied. */
    static Finding judge(RolloutPlan plan, Optional<Deployment> deployment, List<Pod> pods) {
        var missing = MissingSecretFinding.judge(pods.stream()
                .filter(pod -> plan.target()
                        .filter(target -> Observation.runs(pod.getSpec(), target))
                        .isPresent())
                .toList());
        return missing.isPresent() && !(plan instanceof RolloutPlan.RollBack)
                ? missing.get()
                : withoutMissingSecrets(plan, deployment, pods);
    }

    private static Finding withoutMissingSecrets(RolloutPlan plan, Optional<Deployment> deployment, List<Pod> pods) {
        return switch (plan) {
            case RolloutPlan.Nothing() -> pends(Reason.Waiting, "nothing runs until image and tuning can be had");
            case RolloutPlan.Keep(var _, var _) ->
                pends(
                        Reason.Waiting,
                        "the image and tuning of before go on serving, with that image's security schemes and all else as"
                                + " the spec says now, until the spec's image and tuning can be had"
                                + meanwhile(deployment, pods));
            case RolloutPlan.RollBack(var lastGood, var _) ->
                Finding.fails(
                        ConditionType.RolledOut,
                        Reason.RolledBack,
                        FAILED + RolloutTroubles.ofOthersInBrackets(lastGood, pods) + back(lastGood));
            case RolloutPlan.Roll(var wanted, var _) -> rolling(wanted, deployment, pods);
        };
    }

    /**
     * Says the same of a rollback as when it began: the pods that failed are gone soon after, and with them what they said.
     */
    static Optional<Finding> stillRolledBack(RolloutPlan plan, Optional<Condition> before) {
        return plan instanceof RolloutPlan.RollBack(var lastGood, var _)
                ? before.filter(told -> Reason.RolledBack.name().equals(told.getReason()))
                        .map(Condition::getMessage)
                        .filter(message -> message.startsWith(FAILED) && message.endsWith(back(lastGood)))
                        .map(message -> Finding.fails(ConditionType.RolledOut, Reason.RolledBack, message))
                : Optional.empty();
    }

    private static String back(Target lastGood) {
        return "; running the last good image %s with %s until the spec changes"
                .formatted(lastGood.image(), lastGood.mallocConf());
    }

    /** Says how far pods are that get new limits or Secrets and keep image and tuning; nothing once all have them. */
    private static String meanwhile(Optional<Deployment> deployment, List<Pod> pods) {
        return deployment
                .filter(observed -> !isUnobserved(observed))
                .filter(observed -> !complete(observed.getStatus(), replicas(observed)))
                .map(observed -> "; %d of %d pods are so%s"
                        .formatted(
                                available(observed), replicas(observed), RolloutTroubles.behindAColon(observed, pods)))
                .orElse("");
    }

    /**
     * Says how far pods of an older template are replaced; nothing where there are none left.
     *
     * <p>Pods that only get other limits run the same image and tuning, so that those of before could be taken for them.
     */
    static Optional<String> replacement(Finding rolledOut, Optional<Deployment> deployment) {
        return deployment
                .filter(observed -> isUnobserved(observed)
                        ? rolledOut.reason() == Reason.RollingOut
                        : orZero(observed.getStatus().getUpdatedReplicas())
                                < orZero(observed.getStatus().getReplicas()))
                .map(observed -> isUnobserved(observed)
                        ? "none is known to be new yet"
                        : "%d of %d are new"
                                .formatted(
                                        Math.min(orZero(observed.getStatus().getUpdatedReplicas()), replicas(observed)),
                                        replicas(observed)));
    }

    private static Finding rolling(Target wanted, Optional<Deployment> deployment, List<Pod> pods) {
        if (deployment.flatMap(Observation::target).filter(wanted::runsLike).isEmpty()) {
            return pends(Reason.RollingOut, "the Deployment is being applied");
        }
        var observed = deployment.get();
        var status = observed.getStatus();
        if (isUnobserved(observed)) {
            return pends(Reason.RollingOut, "the Deployment was applied");
        }
        if (new Observation(deployment, pods).rollout().deadlineExceeded()) {
            return Finding.fails(
                    ConditionType.RolledOut,
                    Reason.RolloutFailed,
                    "no progress within spec.rollout.progressDeadlineSeconds"
                            + RolloutTroubles.behindAColon(observed, pods));
        }
        int replicas = replicas(observed);
        return complete(status, replicas)
                ? Finding.holds(
                        ConditionType.RolledOut,
                        replicas == 0 ? Reason.ScaledToZero : Reason.RolloutComplete,
                        "%d of %d pods run it".formatted(replicas, replicas))
                : pends(
                        Reason.RollingOut,
                        "%d of %d pods run it%s"
                                .formatted(
                                        available(observed), replicas, RolloutTroubles.behindAColon(observed, pods)));
    }

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    private static int available(Deployment deployment) {
        return Math.min(availableOfThis(deployment.getStatus()), replicas(deployment));
    }

    /** The Deployment counts available pods of every revision; those of older ones, which serve until the end, are taken off. */
    private static int availableOfThis(DeploymentStatus status) {
        var updated = orZero(status.getUpdatedReplicas());
        var older = Math.max(0, orZero(status.getReplicas()) - updated);
        return Math.clamp(orZero(status.getAvailableReplicas()) - older, 0, updated);
    }

    /** Tells whether the deployment controller has not looked at the Deployment since it changed. */
    static boolean isUnobserved(Deployment deployment) {
        var status = deployment.getStatus();
        return status == null
                || !Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration());
    }

    private static boolean complete(DeploymentStatus status, int replicas) {
        return orZero(status.getUpdatedReplicas()) == replicas
                && orZero(status.getAvailableReplicas()) == replicas
                && orZero(status.getReplicas()) == replicas
                && orZero(status.getUnavailableReplicas()) == 0;
    }

    private static Finding pends(Reason reason, String message) {
        return Finding.pends(ConditionType.RolledOut, reason, message);
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
