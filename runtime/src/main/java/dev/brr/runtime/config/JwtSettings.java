package dev.brr.runtime.config;

import dev.brr.runtime.security.JwtPolicy;
import dev.brr.runtime.security.KeyOrigin;
import java.time.Duration;
import java.util.Optional;

/**
 * The tokens of one scheme as configured.
 *
 * @param source the flag, the variable, or file and line, that names the scheme
 * @param policy what a token has to hold to
 * @param keys where the keys are; nothing when the provider of an openIdConnect scheme is to be asked
 * @param keysFreshFor how long keys serve before they are fetched again
 */
public record JwtSettings(String source, JwtPolicy policy, Optional<KeyOrigin> keys, Duration keysFreshFor) {}
