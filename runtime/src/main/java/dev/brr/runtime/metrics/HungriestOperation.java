package dev.brr.runtime.metrics;

import java.util.Map;
import java.util.Optional;

/**
 * Names the operation with the most memory.
 *
 * @param operationId the operation
 * @param bytes how much it is
 * @param measure of what
 */
public record HungriestOperation(String operationId, long bytes, Measure measure) {

    /** A lead below this changes nothing: whoever shows the name is not to see it flicker. */
    private static final double LEAD = 1.25;

    /** What is compared. */
    public enum Measure {
        /** Native memory in use, by a heap profile. */
        IN_USE("inUse"),
        /** Native memory allocated since the start. */
        ALLOCATED("allocated");

        private final String term;

        Measure(String term) {
            this.term = term;
        }

        /** Returns the word for it in reports. */
        public String term() {
            return term;
        }
    }

    /**
     * Chooses.
     *
     * @param bytes by operationId
     * @param before the last choice, which stays until another operation has a quarter more
     */
    static Optional<HungriestOperation> of(
            Measure measure, Map<String, Long> bytes, Optional<HungriestOperation> before) {
        Optional<HungriestOperation> most = bytes.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> new HungriestOperation(entry.getKey(), entry.getValue(), measure));
        long now = before.map(last -> bytes.getOrDefault(last.operationId, 0L)).orElse(0L);
        return now > 0 && most.isPresent() && most.get().bytes < LEAD * now
                ? before.map(last -> new HungriestOperation(last.operationId, now, measure))
                : most;
    }
}
