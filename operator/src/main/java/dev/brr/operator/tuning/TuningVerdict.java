package dev.brr.operator.tuning;

import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.TuningCheck;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Judges from the pods' readings whether the tuning took effect. */
public final class TuningVerdict {

    private TuningVerdict() {}

    /**
     * Judges.
     *
     * @param requested what the pods were started with
     * @param readings by pod name; empty where a pod has not answered
     */
    public static Finding judge(MallocConf requested, Map<String, Optional<PodReading>> readings) {
        var wrong = new ArrayList<String>();
        var unread = new ArrayList<String>();
        new TreeMap<>(readings).forEach((pod, reading) -> {
            switch (reading.orElseGet(() -> new PodReading.Unread("not asked yet"))) {
                case PodReading.Loaded(var effective, var _) -> {
                    var mismatches = TuningCheck.compare(requested, effective);
                    if (!mismatches.isEmpty()) {
                        wrong.add(pod + ": " + String.join("; ", texts(mismatches)));
                    }
                }
                case PodReading.Absent(var explanation) -> wrong.add(pod + " runs without jemalloc: " + explanation);
                case PodReading.Unread(var problem) -> unread.add(pod + ": " + problem);
            }
        });
        if (!wrong.isEmpty()) {
            return Finding.fails(ConditionType.TuningApplied, Reason.TuningIgnored, String.join(" | ", wrong));
        }
        if (!unread.isEmpty() || readings.isEmpty()) {
            return Finding.pends(
                    ConditionType.TuningApplied,
                    Reason.TuningUnread,
                    readings.isEmpty() ? "no pod is ready yet" : String.join(" | ", unread));
        }
        return Finding.holds(
                ConditionType.TuningApplied,
                Reason.TuningConfirmed,
                "%d of %d ready pods report %s".formatted(readings.size(), readings.size(), requested.render()));
    }

    /** Returns the requested options as the pods report them, in the order of the request, where all pods agree. */
    public static Optional<String> effective(MallocConf requested, Map<String, Optional<PodReading>> readings) {
        var distinct = readings.values().stream()
                .map(reading -> reading.map(some -> render(requested, some)).orElse(""))
                .distinct()
                .toList();
        return distinct.size() == 1 && !distinct.getFirst().isEmpty()
                ? Optional.of(distinct.getFirst())
                : Optional.empty();
    }

    private static String render(MallocConf requested, PodReading reading) {
        if (!(reading instanceof PodReading.Loaded(var effective, var _))) {
            return "";
        }
        var parts = new ArrayList<String>();
        for (var option : requested.options().keySet()) {
            var value = effective.get(option);
            if (value != null) {
                parts.add(option + ":" + value);
            }
        }
        return String.join(",", parts);
    }

    private static List<String> texts(List<TuningCheck.Mismatch> mismatches) {
        return mismatches.stream().map(TuningCheck.Mismatch::toString).toList();
    }
}
