package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.HungriestOperation;
import dev.brr.api.v1alpha1.MemoryMeasure;
import dev.brr.operator.tuning.PodReading;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which operation a status calls the hungriest.
 *
 * <p>It stays as it is as long as it is about right: a status is written for what is new to a person, and not because a
 * counter has moved on.
 */
final class HungriestStatement {

    /** Below this nobody needs to know; it is also about where a profile begins to be worth a word. */
    private static final long LEAST = 8L << 20;
    /** What another operation or pod must have more of to take the place. */
    private static final double LEAD = 1.25;
    /** How far the memory may move away before it is stated anew; more than the rounding, so that nothing flickers. */
    private static final double DRIFT = 1.75;

    private static final Comparator<Map.Entry<String, PodReading.Hungriest>> BY_MEMORY = Comparator.comparing(
                    (Map.Entry<String, PodReading.Hungriest> entry) ->
                            entry.getValue().measure() == MemoryMeasure.InUse)
            .thenComparing(entry -> entry.getValue().bytes())
            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

    private HungriestStatement() {}

    /**
     * Decides.
     *
     * @param before what is stated
     * @param readings by pod name; empty where a pod has not answered
     * @param pods all pods that there are, ready or not
     * @param now the time of a new statement
     * @return what to state; {@code before} itself where it still holds
     */
    static @Nullable HungriestOperation decide(
            @Nullable HungriestOperation before,
            Map<String, Optional<PodReading>> readings,
            Set<String> pods,
            String now) {
        var told = told(readings);
        if (before != null && !told.containsKey(before.pod()) && stands(before, readings, pods)) {
            told.put(before.pod(), new PodReading.Hungriest(before.operationId(), before.measure(), bytes(before)));
        }
        var most = told.entrySet().stream()
                .filter(entry -> entry.getValue().bytes() >= LEAST)
                .max(BY_MEMORY);
        if (most.isEmpty()) {
            return null;
        }
        if (before != null) {
            var same = told.get(before.pod());
            if (same != null
                    && isAbout(before, same)
                    && !isBeaten(same, most.get().getValue())) {
                return isNear(before, same) ? before : stated(before.pod(), same, now);
            }
        }
        return stated(most.get().getKey(), most.get().getValue(), now);
    }

    /**
     * Returns what each pod has to say. A process that has allocated little since its start says nothing: it may have
     * been started anew after a kill, and what was stated before is what a person looks for then.
     */
    private static Map<String, PodReading.Hungriest> told(Map<String, Optional<PodReading>> readings) {
        var told = new HashMap<String, PodReading.Hungriest>();
        readings.forEach((pod, reading) -> {
            if (reading.orElse(null) instanceof PodReading.Loaded(var _, var hungriest)
                    && hungriest != null
                    && (hungriest.measure() == MemoryMeasure.InUse || hungriest.bytes() >= LEAST)) {
                told.put(pod, shortened(hungriest));
            }
        });
        return told;
    }

    /** A statement outlives its pod until all that run have answered. */
    private static boolean stands(
            HungriestOperation before, Map<String, Optional<PodReading>> readings, Set<String> pods) {
        return pods.contains(before.pod())
                || readings.isEmpty()
                || readings.values().stream()
                        .anyMatch(reading -> reading.isEmpty() || reading.get() instanceof PodReading.Unread);
    }

    private static PodReading.Hungriest shortened(PodReading.Hungriest told) {
        return told.operationId().length() <= HungriestOperation.LONGEST_ID
                ? told
                : new PodReading.Hungriest(
                        told.operationId().substring(0, HungriestOperation.LONGEST_ID - 1) + "…",
                        told.measure(),
                        told.bytes());
    }

    private static boolean isAbout(HungriestOperation before, PodReading.Hungriest told) {
        return told.operationId().equals(before.operationId())
                && told.measure() == before.measure()
                && told.bytes() >= LEAST;
    }

    private static boolean isBeaten(PodReading.Hungriest told, PodReading.Hungriest most) {
        return told.measure() != most.measure() || most.bytes() >= LEAD * told.bytes();
    }

    private static boolean isNear(HungriestOperation before, PodReading.Hungriest told) {
        var stated = (double) bytes(before);
        return told.bytes() < DRIFT * stated && told.bytes() > stated / DRIFT;
    }

    private static HungriestOperation stated(String pod, PodReading.Hungriest told, String now) {
        return new HungriestOperation(told.operationId(), told.measure(), rounded(told.bytes()), pod, now);
    }

    private static long bytes(HungriestOperation stated) {
        return stated.memory().getNumericalAmount().longValue();
    }

    /** Rounds to the nearest power of two, by its logarithm. */
    static Quantity rounded(long bytes) {
        var exponent = (int) Math.round(Math.log(Math.max(1, bytes)) / Math.log(2));
        return exponent >= 30
                ? new Quantity((1L << (exponent - 30)) + "Gi")
                : new Quantity(exponent >= 20 ? (1L << (exponent - 20)) + "Mi" : Long.toString(1L << exponent));
    }
}
