package dev.brr.runtime.blackbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Knows who wants allocations sampled. They are as long as anybody does, so that nobody ends what another one began.
 *
 * @param person whether a person does: by request, by {@code prof_active:true}, or in code of the service's own
 * @param blackBox whether the black box does, because memory gets short
 */
public record SamplingDemand(boolean person, boolean blackBox) {
    static final SamplingDemand NONE = new SamplingDemand(false, false);

    /** Is one of the two who may want it. */
    public enum Party {
        PERSON("person"),
        BLACK_BOX("blackBox");

        private final String term;

        Party(String term) {
            this.term = term;
        }

        /** The word for it in answers. */
        public String term() {
            return term;
        }
    }

    /** What jemalloc does is right: sampling that neither began is a person's, and what was ended nobody wants any more. */
    SamplingDemand observed(boolean active) {
        if (!active) {
            return NONE;
        }
        return isAny() ? this : new SamplingDemand(true, false);
    }

    /** With one party that wants it, or does not any more. */
    SamplingDemand with(Party party, boolean wants) {
        return switch (party) {
            case PERSON -> new SamplingDemand(wants, blackBox);
            case BLACK_BOX -> new SamplingDemand(person, wants);
        };
    }

    /** Whether allocations are to be sampled. */
    boolean isAny() {
        return person || blackBox;
    }

    /** Whether they are for the black box alone. */
    public boolean isOfBlackBoxAlone() {
        return blackBox && !person;
    }

    /** Who wants it. */
    public List<Party> parties() {
        List<Party> parties = new ArrayList<>();
        if (person) {
            parties.add(Party.PERSON);
        }
        if (blackBox) {
            parties.add(Party.BLACK_BOX);
        }
        return List.copyOf(parties);
    }
}
