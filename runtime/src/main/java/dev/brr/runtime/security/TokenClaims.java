package dev.brr.runtime.security;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.brr.runtime.handler.Principal;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who a token is of, and what it allows. */
final class TokenClaims {
    /** The claims that name the holder, the first that is there counts. */
    private static final List<String> NAMES = List.of("sub", "client_id", "azp");

    /** The claims that list scopes: RFC 8693, section 4.2, and the name that some issuers use instead. */
    private static final List<String> SCOPES = List.of("scope", "scp");

    private TokenClaims() {}

    static Principal principal(String scheme, JWTClaimsSet claims) {
        Map<String, Object> plain = new LinkedHashMap<>();
        claims.getClaims().forEach((name, value) -> plain.put(name, plain(value)));
        String holder = NAMES.stream()
                .filter(name -> plain.get(name) instanceof String text && !text.isEmpty())
                .map(name -> String.valueOf(plain.get(name)))
                .findFirst()
                .orElse("");
        Set<String> scopes = new LinkedHashSet<>();
        SCOPES.forEach(name -> addScopes(plain.get(name), scopes));
        return new Principal(scheme, holder, scopes, plain);
    }

    private static void addScopes(@Nullable Object claim, Set<String> scopes) {
        if (claim instanceof String text) {
            for (String scope : text.split(" ")) {
                if (!scope.isEmpty()) {
                    scopes.add(scope);
                }
            }
        } else if (claim instanceof Collection<?> list) {
            for (Object scope : list) {
                if (scope instanceof String text) {
                    scopes.add(text);
                }
            }
        }
    }

    private static Object plain(Object value) {
        return value instanceof Date date ? date.toInstant() : value;
    }
}
