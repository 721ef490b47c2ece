package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.LastGood;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what the Deployment should run next. */
public sealed interface RolloutPlan {

    /** There is nothing to run yet and nothing that ran before. */
    record Nothing() implements RolloutPlan {}

    /** The wanted target cannot be had (yet): what runs goes on running, and what failed before stays remembered. */
    record Keep(Target current, Optional<String> failedTarget) implements RolloutPlan {}

    /** The wanted target is applied. */
    record Roll(Target wanted, Change change) implements RolloutPlan {}

    /** The wanted target failed: the last good one runs until the spec changes. */
    record RollBack(Target lastGood, String failedTarget) implements RolloutPlan {}

    /**
     * Holds what the cluster shows of the Deployment.
     *
     * @param current what it runs, if it exists
     * @param failedTarget the hash of a target that was rolled back before
     * @param deadlineExceeded whether the rollout of {@code current} made no progress in time
     */
    record Observed(Optional<Target> current, Optional<String> failedTarget, boolean deadlineExceeded) {

        /** Is what a service without a Deployment shows. */
        public static final Observed NOTHING = new Observed(Optional.empty(), Optional.empty(), false);
    }

    /** Decides. Image and tuning change together or not at all, so that one change of the spec is one rollout. */
    static RolloutPlan decide(
            Optional<Target> wanted, Observed observed, @Nullable LastGood lastGood, boolean rollback) {
        if (wanted.isEmpty()) {
            return observed.current()
                    .<RolloutPlan>map(current -> new Keep(current, observed.failedTarget()))
                    .orElseGet(Nothing::new);
        }
        var target = wanted.get();
        if (rollback && observed.failedTarget().filter(target.hash()::equals).isPresent()) {
            return new RollBack(observed.current().orElse(target), target.hash());
        }
        var good = Optional.ofNullable(lastGood).flatMap(RolloutPlan::target);
        var failed = observed.deadlineExceeded()
                && observed.current().filter(target::runsLike).isPresent();
        if (rollback && failed && good.isPresent() && !good.get().runsLike(target)) {
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

    private static Optional<Target> target(LastGood good) {
        return good.image() == null || good.mallocConf() == null
                ? Optional.empty()
                : Optional.of(new Target(good.image(), good.mallocConf(), ""));
    }
}
