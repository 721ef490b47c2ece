package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;

/** Checks a request's credentials of one scheme, for one operation. */
interface SchemeCheck {
    AuthOutcome check(RequestParameters request);

    /**
     * Tells whether a request that is refused already shows no such credentials either. Those it shows are not looked at:
     * that would cost a fetch of keys, and would tell who guesses them which of several are good.
     */
    default AuthOutcome glance(RequestParameters request) {
        return check(request);
    }
}
