package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.MallocStatus;
import dev.brr.api.v1alpha1.SecuritySpec;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.MallocConfProblem;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.Status;
import dev.brr.operator.tuning.PodReading;
import dev.brr.operator.tuning.TuningVerdict;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a status together from what was wanted, planned and observed. */
final class StatusFactory {

    private final Conditions conditions;

    StatusFactory(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Returns the status; equal to the one of before where nothing changed. */
    BrrServiceStatus status(
            BrrService service,
            Wanted wanted,
            RolloutPlan plan,
            Observation observation,
            Map<String, Optional<PodReading>> readings) {
        var before = Optional.ofNullable(service.getStatus());
        var runs = plan.target().map(Target::mallocConf).flatMap(StatusFactory::parse);
        var rolledOut = rolledOut(service, plan, observation);
        var tuning = tuning(wanted, runs, rolledOut, observation, readings);
        var dashboard = dashboard(service);
        var ready = ready(wanted.imageFinding(), tuning, rolledOut);
        var observed = observation.deployment().map(deployment -> deployment.getStatus());
        return new BrrServiceStatus(
                service.getMetadata().getGeneration(),
                conditions.merge(
                        before.map(BrrServiceStatus::conditions).orElse(null),
                        Stream.concat(
                                        Stream.of(ready, wanted.imageFinding(), rolledOut, tuning, dashboard),
                                        MemoryKillFinding.judge(observation.pods()).stream())
                                .toList(),
                        service.getMetadata().getGeneration()),
                wanted.image().or(() -> before.map(BrrServiceStatus::image)).orElse(null),
                malloc(wanted, plan, runs, readings),
                HungriestStatement.decide(
                        before.map(BrrServiceStatus::hungriestOperation).orElse(null),
                        readings,
                        observation.podNames(),
                        conditions.now()),
                lastGood(service, ready, plan, wanted.image())
                        .or(() -> before.map(BrrServiceStatus::lastGood))
                        .orElse(null),
                observed.map(DeploymentStatus::getReplicas).orElse(0),
                observed.map(DeploymentStatus::getReadyReplicas).orElse(0),
                Labels.selectorText(service));
    }

    private static Finding rolledOut(BrrService service, RolloutPlan plan, Observation observation) {
        var before = Optional.ofNullable(service.getStatus()).map(BrrServiceStatus::conditions);
        return stillTold(service, plan, observation)
                .or(() -> RolloutFinding.stillRolledBack(
                        plan, Conditions.find(before.orElse(null), ConditionType.RolledOut)))
                .orElseGet(() -> RolloutFinding.judge(
                        plan,
                        observation.deployment(),
                        plan instanceof RolloutPlan.RollBack ? observation.allPods() : observation.pods()));
    }

    /**
     * Repeats that this target of this spec is rolled out while a change of the Deployment is not observed yet: an
     * annotation of anybody's raises its generation, and nothing may flicker for that.
     */
    private static Optional<Finding> stillTold(BrrService service, RolloutPlan plan, Observation observation) {
        var before = service.getStatus();
        if (before == null
                || before.lastGood() == null
                || !(plan instanceof RolloutPlan.Roll(var wanted, var _))
                || !wanted.image().equals(before.lastGood().image())
                || !wanted.mallocConf().equals(before.lastGood().mallocConf())
                || observation
                        .deployment()
                        .filter(RolloutFinding::isUnobserved)
                        .flatMap(Observation::target)
                        .filter(wanted::runsLike)
                        .isEmpty()) {
            return Optional.empty();
        }
        return Conditions.find(before.conditions(), ConditionType.RolledOut)
                .filter(told -> Status.True.name().equals(told.getStatus()))
                .filter(told -> Objects.equals(
                        told.getObservedGeneration(), service.getMetadata().getGeneration()))
                .map(told ->
                        Finding.holds(ConditionType.RolledOut, Reason.valueOf(told.getReason()), told.getMessage()));
    }

    private static Finding tuning(
            Wanted wanted,
            Optional<MallocConf> runs,
            Finding rolledOut,
            Observation observation,
            Map<String, Optional<PodReading>> readings) {
        if (wanted.tuning() instanceof Tuning.Decision.Refused(var problems)) {
            return Finding.fails(
                    ConditionType.TuningApplied,
                    Reason.MallocConfRefused,
                    "spec.malloc.options: "
                            + problems.stream().map(MallocConfProblem::message).collect(Collectors.joining("; "))
                            + "; the pods keep the tuning that they have");
        }
        if (runs.isEmpty()) {
            return Finding.pends(ConditionType.TuningApplied, Reason.Waiting, "no pod runs yet");
        }
        if (readings.isEmpty() && rolledOut.reason() == Reason.ScaledToZero) {
            return Finding.pends(ConditionType.TuningApplied, Reason.ScaledToZero, "no pod runs, none can be asked");
        }
        var verdict = TuningVerdict.judge(runs.get(), readings);
        return verdict.isTrue()
                ? RolloutFinding.replacement(rolledOut, observation.deployment())
                        .map(pods -> Finding.pends(
                                ConditionType.TuningApplied,
                                Reason.RollingOut,
                                "pods that have it are being replaced: " + pods))
                        .orElse(verdict)
                : verdict;
    }

    /** Is true when all that matters for serving is; otherwise repeats the first that fails, or else that pends. */
    private static Finding ready(Finding image, Finding tuning, Finding rolledOut) {
        // While pods are replaced it is the rollout that says how far it is.
        var all = tuning.reason() == Reason.RollingOut
                ? List.of(image, rolledOut, tuning)
                : List.of(image, tuning, rolledOut);
        return all.stream()
                .filter(finding -> finding.status() == Status.False)
                .findFirst()
                .or(() -> all.stream()
                        .filter(finding -> finding.status() == Status.Unknown)
                        .findFirst())
                .map(finding -> Finding.fails(ConditionType.Ready, finding.reason(), finding.message()))
                .orElseGet(() -> Finding.holds(
                        ConditionType.Ready, Reason.ServiceReady, rolledOut.message() + ", tuned as asked"));
    }

    private static Finding dashboard(BrrService service) {
        return DashboardDependentResource.isWanted(service)
                ? Finding.holds(
                        ConditionType.DashboardPublished,
                        Reason.DashboardPublished,
                        "ConfigMap %s-dashboard".formatted(service.getMetadata().getName()))
                : Finding.fails(
                        ConditionType.DashboardPublished,
                        Reason.DashboardDisabled,
                        "spec.monitoring.dashboard is false");
    }

    private static @Nullable MallocStatus malloc(
            Wanted wanted, RolloutPlan plan, Optional<MallocConf> runs, Map<String, Optional<PodReading>> readings) {
        var requested = wanted.mallocConf()
                .map(MallocConf::render)
                .or(() -> plan.target().map(Target::mallocConf));
        var effective = runs.flatMap(conf -> TuningVerdict.effective(conf, readings));
        return requested.isEmpty() ? null : new MallocStatus(requested.get(), effective.orElse(null));
    }

    private static Optional<LastGood> lastGood(
            BrrService service, Finding ready, RolloutPlan plan, Optional<ImageStatus> image) {
        var security = Optional.ofNullable(service.getSpec())
                .map(BrrServiceSpec::security)
                .orElseGet(() -> new SecuritySpec(null));
        return ready.isTrue()
                ? plan.target()
                        .map(target -> new LastGood(
                                target.image(),
                                image.map(ImageStatus::digest).orElse(null),
                                target.mallocConf(),
                                security))
                : Optional.empty();
    }

    private static Optional<MallocConf> parse(String text) {
        return MallocConf.parse(text) instanceof MallocConf.Parsed.Valid(var conf)
                ? Optional.of(conf)
                : Optional.empty();
    }
}
