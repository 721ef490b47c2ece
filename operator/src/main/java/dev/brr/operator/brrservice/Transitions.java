package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what happened between two statuses that a person may want to hear of. */
final class Transitions {

    // States on the way, which say nothing that the end of the way will not say better.
    private static final Set<Reason> SILENT =
            EnumSet.of(Reason.Waiting, Reason.TuningUnread, Reason.RollingOut, Reason.DashboardDisabled);

    /** Is one thing to tell. */
    record Transition(boolean warning, Reason reason, String note) {}

    private Transitions() {}

    /** Returns one transition for each condition but Ready whose status or reason changed, and one for a new rollout. */
    static List<Transition> between(@Nullable BrrServiceStatus before, BrrServiceStatus after, RolloutPlan plan) {
        var transitions = new ArrayList<Transition>();
        if (plan instanceof RolloutPlan.Roll(var wanted, var change)) {
            switch (change) {
                case Restart ->
                    transitions.add(
                            new Transition(false, Reason.RestartedForTuning, "restarting with " + wanted.mallocConf()));
                case Rebuild ->
                    transitions.add(new Transition(false, Reason.RolledToImage, "rolling to " + wanted.image()));
                case None, Publish -> {
                    // nothing that runs changes
                }
            }
        }
        for (var condition : Objects.requireNonNullElse(after.conditions(), List.<Condition>of())) {
            var reason = Reason.valueOf(condition.getReason());
            if (!ConditionType.Ready.name().equals(condition.getType())
                    && !SILENT.contains(reason)
                    && isNew(before, condition)) {
                transitions.add(new Transition("False".equals(condition.getStatus()), reason, condition.getMessage()));
            }
        }
        return transitions;
    }

    private static boolean isNew(@Nullable BrrServiceStatus before, Condition condition) {
        return Conditions.find(before == null ? null : before.conditions(), ConditionType.valueOf(condition.getType()))
                .filter(old -> Objects.equals(old.getStatus(), condition.getStatus())
                        && Objects.equals(old.getReason(), condition.getReason()))
                .isEmpty();
    }
}
