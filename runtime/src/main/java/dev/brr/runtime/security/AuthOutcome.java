package dev.brr.runtime.security;

import dev.brr.runtime.handler.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a request is let in.
 *
 * <p>Outcomes combine as the document's requirements do: all schemes of an alternative ({@link #and}), any of the
 * alternatives ({@link #or}).
 */
public sealed interface AuthOutcome {

    /**
     * The request is let in.
     *
     * @param principals who calls, by each scheme that was asked for; empty where anyone may call
     */
    record Granted(List<Principal> principals) implements AuthOutcome {
        /** Anyone may call. */
        static final Granted ANYONE = new Granted(List.of());

        public Granted {
            principals = List.copyOf(principals);
        }
    }

    /**
     * The credentials are good, and do not allow this operation.
     *
     * @param challenges what to send as {@code WWW-Authenticate}: the scopes that lack (RFC 6750, section 3.1)
     */
    record Forbidden(List<String> challenges) implements AuthOutcome {}

    /**
     * The request shows nothing that any alternative accepts.
     *
     * @param challenges what to send as {@code WWW-Authenticate}, one for each scheme that failed
     */
    record Denied(List<String> challenges) implements AuthOutcome {}

    /**
     * The keys that would tell are out of reach, so that the credentials may be good.
     *
     * @param scheme the scheme whose keys they are
     * @param retryAfter when they are looked for again
     */
    record Undecided(String scheme, Duration retryAfter) implements AuthOutcome {}

    /**
     * Combines with another scheme of the same alternative. What is refused for certain stays refused, whatever the other
     * says; what cannot be told weighs more than a lack of scopes.
     */
    default AuthOutcome and(AuthOutcome other) {
        if (this instanceof Granted mine && other instanceof Granted its) {
            List<Principal> both = new ArrayList<>(mine.principals());
            both.addAll(its.principals());
            return new Granted(both);
        }
        if (this instanceof Forbidden mine && other instanceof Forbidden its) {
            return new Forbidden(joined(mine.challenges(), its.challenges()));
        }
        if (this instanceof Denied mine && other instanceof Denied its) {
            return new Denied(joined(mine.challenges(), its.challenges()));
        }
        return rank(this) >= rank(other) ? this : other;
    }

    /**
     * Combines with another alternative. The one that lets in decides; else the one that might have, else the one that
     * lacks scopes alone.
     */
    default AuthOutcome or(AuthOutcome other) {
        return switch (this) {
            case Granted _ -> this;
            case Undecided _ -> other instanceof Granted ? other : this;
            case Forbidden mine ->
                switch (other) {
                    case Granted _, Undecided _ -> other;
                    case Forbidden its -> new Forbidden(joined(mine.challenges(), its.challenges()));
                    case Denied _ -> this;
                };
            case Denied mine ->
                other instanceof Denied its ? new Denied(joined(mine.challenges(), its.challenges())) : other;
        };
    }

    private static int rank(AuthOutcome outcome) {
        return switch (outcome) {
            case Granted _ -> 0;
            case Forbidden _ -> 1;
            case Undecided _ -> 2;
            case Denied _ -> 3;
        };
    }

    private static List<String> joined(List<String> some, List<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
