package dev.brr.runtime.security;

import dev.brr.runtime.handler.Principal;
import java.time.Duration;
import java.util.List;

/** What came of verifying a token. */
public sealed interface TokenOutcome {

    /**
     * It is good.
     *
     * @param principal who holds it
     * @param granted what the operation answers that asks for nothing else
     */
    record Verified(Principal principal, AuthOutcome.Granted granted) implements TokenOutcome {
        public Verified(Principal principal) {
            this(principal, new AuthOutcome.Granted(List.of(principal)));
        }
    }

    /** It is not good. */
    record Rejected(TokenFault fault) implements TokenOutcome {}

    /** The keys cannot be had now. */
    record Unverifiable(Duration retryAfter) implements TokenOutcome {}
}
