package dev.brr.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns findings into conditions. The one place that stamps time and generation. */
public final class Conditions {

    private static final int MAX_MESSAGE = 2000;

    private final Clock clock;

    /** Creates with the clock that transitions are stamped by. */
    public Conditions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Merges findings over the conditions of before: {@code lastTransitionTime} moves only where a status changes, so that
     * an unchanged state yields an equal list and nothing is written.
     */
    public List<Condition> merge(@Nullable List<Condition> before, List<Finding> findings, @Nullable Long generation) {
        var merged = new ArrayList<Condition>(findings.size());
        for (var finding : findings) {
            var old = find(before, finding.type());
            merged.add(new ConditionBuilder()
                    .withType(finding.type().name())
                    .withStatus(finding.status().name())
                    .withReason(finding.reason().name())
                    .withMessage(shorten(finding.message()))
                    .withObservedGeneration(generation)
                    .withLastTransitionTime(old.filter(condition -> Objects.equals(
                                    condition.getStatus(), finding.status().name()))
                            .map(Condition::getLastTransitionTime)
                            .orElseGet(this::now))
                    .build());
        }
        return List.copyOf(merged);
    }

    /** Returns the time as a status has it, to the second. */
    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns the condition of a type, if there is one. */
    public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.name().equals(condition.getType()))
                        .findFirst();
    }

    private static String shorten(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
