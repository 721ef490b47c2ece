package dev.brr.runtime.handler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Names a caller that has shown credentials of one security scheme.
 *
 * <p>Its text form leaves the claims out, for they may be personal.
 *
 * @param scheme the scheme's name under {@code components/securitySchemes}
 * @param name the user of HTTP basic; a token's {@code sub}, or else its {@code client_id} or {@code azp}; of an API key
 *     its place in the configuration ({@code key-1}); empty for a token that names nobody
 * @param scopes what a token allows: its {@code scope} and {@code scp}; empty for keys and passwords
 * @param claims a token's claims as plain values, moments ({@code exp}, {@code nbf}, {@code iat}) as {@link
 *     java.time.Instant}; empty for keys and passwords
 */
public record Principal(String scheme, String name, Set<String> scopes, Map<String, Object> claims) {
    public Principal {
        scopes = Set.copyOf(scopes);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** A caller that has shown a key or a password. */
    public static Principal of(String scheme, String name) {
        return new Principal(scheme, name, Set.of(), Map.of());
    }

    @Override
    public String toString() {
        return scheme + ":" + name;
    }
}
