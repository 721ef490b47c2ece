package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;
import java.util.List;

/** Lets requests into one operation: one of its alternatives has to hold, and all that it names. */
public final class Guard {
    private static final Guard OPEN = new Guard(List.of());

    private final List<List<SchemeCheck>> alternatives;

    /** @param alternatives none, or one that is empty, for an operation that anyone may call */
    Guard(List<List<SchemeCheck>> alternatives) {
        this.alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** Lets everyone in. */
    public static Guard open() {
        return OPEN;
    }

    /** Whether no request is ever asked for credentials. */
    public boolean isOpen() {
        return alternatives.isEmpty();
    }

    /** Decides whether a request may call the operation. */
    public AuthOutcome check(RequestParameters request) {
        if (alternatives.isEmpty()) {
            return AuthOutcome.Granted.ANYONE;
        }
        AuthOutcome outcome = all(alternatives.getFirst(), request);
        for (int i = 1; i < alternatives.size() && !(outcome instanceof AuthOutcome.Granted); i++) {
            outcome = outcome.or(all(alternatives.get(i), request));
        }
        return outcome;
    }

    private static AuthOutcome all(List<SchemeCheck> checks, RequestParameters request) {
        if (checks.isEmpty()) {
            return AuthOutcome.Granted.ANYONE;
        }
        AuthOutcome outcome = checks.getFirst().check(request);
        for (int i = 1; i < checks.size(); i++) {
            SchemeCheck next = checks.get(i);
            boolean refused = outcome instanceof AuthOutcome.Denied;
            outcome = outcome.and(refused ? next.glance(request) : next.check(request));
        }
        return outcome;
    }
}
