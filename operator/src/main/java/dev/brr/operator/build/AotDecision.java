package dev.brr.operator.build;

import java.util.List;

/** Tells whether an image brings an AOT cache of its start, {@code -XX:AOTCache}. */
public sealed interface AotDecision {

    /**
     * It does.
     *
     * @param identity the hash of all that the cache was made for
     */
    record Included(String identity) implements AotDecision {
        @Override
        public String text() {
            return "Included";
        }
    }

    /** It does not, and the service starts without one, only later; {@code reason} says why. */
    record None(String reason) implements AotDecision {
        @Override
        public String identity() {
            return "";
        }

        @Override
        public String text() {
            return "None: " + reason;
        }
    }

    /** Returns what the revision of the image depends on. */
    String identity();

    /** Returns the decision in the words of a status. */
    String text();

    /**
     * Decides from the JVM that a cache can be made with, and from those of the base: a cache made by one is of no use to
     * another, and would be 45 MB for nothing.
     *
     * @param own the operator's JVM
     * @param identity what a cache of it depends on
     * @param architectures those of the image
     * @param base what is known of the base's files
     */
    static AotDecision decide(Jvm own, String identity, List<String> architectures, JvmFiles base) {
        if (!architectures.equals(List.of(own.architecture()))) {
            return new None("the image is for %s, and the operator runs on %s"
                    .formatted(String.join(", ", architectures), own.architecture()));
        }
        var jvms = base.jvms(own.architecture());
        if (jvms.size() != 1) {
            return new None(jvms.isEmpty() ? "no JVM was found in the base image" : "the base image has several JVMs");
        }
        return jvms.getFirst().equals(own)
                ? new Included(identity)
                : new None("the base image's JVM is another build than the operator's own");
    }
}
