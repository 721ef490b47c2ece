package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;
import dev.brr.runtime.handler.Principal;
import java.util.List;

/** Checks user and password of HTTP basic. */
record BasicCheck(String scheme, BasicUsers users, AuthOutcome.Denied denied) implements SchemeCheck {

    @Override
    public AuthOutcome check(RequestParameters request) {
        return Authorization.of(request.header("authorization")) instanceof Authorization.Basic basic
                        && users.accept(basic.user(), basic.password())
                ? new AuthOutcome.Granted(List.of(Principal.of(scheme, basic.user())))
                : denied;
    }

    @Override
    public AuthOutcome glance(RequestParameters request) {
        return Authorization.of(request.header("authorization")) instanceof Authorization.Basic
                ? AuthOutcome.Granted.ANYONE
                : denied;
    }
}
