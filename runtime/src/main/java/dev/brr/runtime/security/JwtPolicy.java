package dev.brr.runtime.security;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token has to hold to.
 *
 * @param issuer its {@code iss}
 * @param audiences what its {@code aud} has to name one of
 * @param algorithms the algorithms of its signature, all with public keys
 * @param leeway how far the clocks of issuer and service may be apart
 */
public record JwtPolicy(String issuer, Set<String> audiences, Set<JWSAlgorithm> algorithms, Duration leeway) {
    /** The algorithm that is taken unless others are configured. */
    public static final String DEFAULT_ALGORITHM = "RS256";

    /** Every algorithm that may be configured. */
    public static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    public JwtPolicy {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        if (issuer.isBlank() || audiences.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException("a token needs an issuer, an audience and an algorithm");
        }
    }

    /** Says what is wrong with the name of an algorithm; nothing when it may be configured. */
    public static Optional<String> mistake(String algorithm) {
        if (ALGORITHMS.contains(algorithm)) {
            return Optional.empty();
        }
        String upper = algorithm.toUpperCase(Locale.ROOT);
        String taken = "; the algorithms are " + String.join(", ", ALGORITHMS);
        if (upper.equals("NONE")) {
            return Optional.of("none is no signature" + taken);
        }
        if (upper.matches("HS\\d+")) {
            return Optional.of(
                    algorithm + " signs with the key that verifies, so who can read it can forge tokens" + taken);
        }
        return Optional.of(algorithm + " is not known" + taken);
    }

    /** Makes a policy of the names of algorithms that have no {@link #mistake}. */
    public static JwtPolicy of(String issuer, List<String> audiences, List<String> algorithms, Duration leeway) {
        List<String> names = new ArrayList<>(algorithms);
        if (names.isEmpty()) {
            names.add(DEFAULT_ALGORITHM);
        }
        for (String name : names) {
            mistake(name).ifPresent(mistake -> {
                throw new IllegalArgumentException(mistake);
            });
        }
        return new JwtPolicy(
                issuer,
                new LinkedHashSet<>(audiences),
                names.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
                leeway);
    }
}
