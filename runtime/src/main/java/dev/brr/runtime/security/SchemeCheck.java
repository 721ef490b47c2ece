package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;

/** Checks a request's credentials of one scheme, for one operation. */
interface SchemeCheck {
    AuthOutcome check(RequestParameters request);
}
