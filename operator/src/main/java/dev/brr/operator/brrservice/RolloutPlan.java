package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.LastGood;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what the Deployment should run next. */
public sealed interface RolloutPlan {

    /** There is nothing to run yet and nothing that ran before. */
    record Nothing() implements RolloutPlan {}

    /**
     * The wanted target cannot be had (yet): what runs goes on running, or what was good last where somebody deleted the
     * Deployment, and what failed before stays remembered.
     */
    record Keep(Target current, Optional<String> failedTarget) implements RolloutPlan {}

    /** The wanted target is applied. */
    record Roll(Target wanted, Change change) implements RolloutPlan {}

    /** The wanted target failed: the last good one runs until the spec changes. */
    record RollBack(Target lastGood, String failedTarget) implements RolloutPlan {}

    /**
     * Holds what the cluster shows of the Deployment.
     *
     * @param current what it runs, if it exists
     * @param appliedTarget the hash of the target that it was given
     * @param failedTarget the hash of a target that was rolled back before
     * @param deadlineExceeded whether the rollout of {@code current} made no progress in time
     */
    record Observed(
            Optional<Target> current,
            Optional<String> appliedTarget,
            Optional<String> failedTarget,
            boolean deadlineExceeded) {

        /** Is what a service without a Deployment shows. */
        public static final Observed NOTHING =
                new Observed(Optional.empty(), Optional.empty(), Optional.empty(), false);

        /** Says whether just this target was given to the Deployment and made no progress: another one is yet to be tried. */
        boolean hasFailed(Target target) {
            return deadlineExceeded
                    && appliedTarget.filter(target.hash()::equals).isPresent();
        }
    }

    /**
     * Decides. Image, tuning and security schemes change together or not at all, so that one change of the spec is one
     * rollout and every image runs with schemes that its document has.
     */
    static RolloutPlan decide(
            Optional<Target> wanted, Observed observed, @Nullable LastGood lastGood, boolean rollback) {
        if (wanted.isEmpty()) {
            return observed.current()
                    .or(() -> Optional.ofNullable(lastGood).flatMap(remembered -> target(remembered, List.of())))
                    .<RolloutPlan>map(current -> new Keep(current, observed.failedTarget()))
                    .orElseGet(Nothing::new);
        }
        var target = wanted.get();
        if (rollback && observed.failedTarget().filter(target.hash()::equals).isPresent()) {
            return new RollBack(observed.current().orElse(target), target.hash());
        }
        var good = Optional.ofNullable(lastGood).flatMap(remembered -> target(remembered, target.schemes()));
        if (rollback
                && observed.hasFailed(target)
                && good.isPresent()
                && !good.get().runsLike(target)) {
            return new RollBack(good.get(), target.hash());
        }
        return new Roll(target, Change.between(observed.current(), target));
    }

    /** Returns what should run, if anything should. */
    default Optional<Target> target() {
        return switch (this) {
            case Nothing() -> Optional.empty();
            case Keep(var current, var _) -> Optional.of(current);
            case Roll(var wanted, var _) -> Optional.of(wanted);
            case RollBack(var lastGood, var _) -> Optional.of(lastGood);
        };
    }

    /** An operator of before may not have remembered the security schemes: then those that are wanted are as good as any. */
    private static Optional<Target> target(LastGood good, List<EnvVar> wantedSchemes) {
        return good.image() == null || good.mallocConf() == null
                ? Optional.empty()
                : Optional.of(new Target(
                        good.image(),
                        good.mallocConf(),
                        "",
                        good.security() == null ? wantedSchemes : ServiceEnvironment.schemes(good.security()),
                        ""));
    }
}
