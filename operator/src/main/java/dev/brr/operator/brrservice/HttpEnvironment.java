package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.CorsSpec;
import dev.brr.api.v1alpha1.HttpSpec;
import dev.brr.api.v1alpha1.ObservabilitySpec;
import dev.brr.api.v1alpha1.RateLimitSpec;
import dev.brr.api.v1alpha1.ValidationSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Derives the variables that say how requests are bounded, checked and logged; what a spec leaves out gets none. */
final class HttpEnvironment {

    private HttpEnvironment() {}

    static Stream<EnvVar> of(BrrServiceSpec spec) {
        return Stream.of(
                        http(spec.http()),
                        validation(spec.validation()),
                        one(
                                "BRR_ACCESS_LOG",
                                Optional.ofNullable(spec.observability())
                                        .map(ObservabilitySpec::accessLog)
                                        .map(HttpEnvironment::onOff)
                                        .orElse(null)))
                .flatMap(some -> some);
    }

    private static Stream<EnvVar> http(@Nullable HttpSpec http) {
        return http == null
                ? Stream.empty()
                : Stream.of(
                                one("BRR_MAX_BODY_BYTES", http.maxBodyBytes()),
                                one("BRR_REQUEST_SECONDS", http.requestSeconds()),
                                one("BRR_MAX_CONNECTIONS", http.maxConnections()),
                                cors(http.cors()),
                                rateLimit(http.rateLimit()))
                        .flatMap(some -> some);
    }

    private static Stream<EnvVar> cors(@Nullable CorsSpec cors) {
        return cors == null
                ? Stream.empty()
                : Stream.of(
                                list("BRR_CORS_ORIGINS", cors.origins()),
                                list("BRR_CORS_HEADERS", cors.headers()),
                                list("BRR_CORS_EXPOSE_HEADERS", cors.exposeHeaders()),
                                one("BRR_CORS_CREDENTIALS", onOff(cors.credentials())),
                                one("BRR_CORS_MAX_AGE_SECONDS", cors.maxAgeSeconds()))
                        .flatMap(some -> some);
    }

    private static Stream<EnvVar> rateLimit(@Nullable RateLimitSpec limit) {
        return limit == null
                ? Stream.empty()
                : Stream.concat(
                        one(
                                "BRR_RATE_LIMIT",
                                limit.requests() + "/" + limit.seconds()
                                        + (limit.burst() == null ? "" : "/" + limit.burst())),
                        list("BRR_TRUSTED_PROXIES", limit.trustedProxies()));
    }

    private static Stream<EnvVar> validation(@Nullable ValidationSpec validation) {
        return validation == null
                ? Stream.empty()
                : Stream.of(
                                one("BRR_RESPONSE_VALIDATION", onOff(validation.responses())),
                                one("BRR_RESPONSE_SAMPLE_PERCENT", validation.responseSamplePercent()),
                                one("BRR_FORMAT_ASSERTION", onOff(validation.formats())))
                        .flatMap(some -> some);
    }

    private static @Nullable String onOff(@Nullable Boolean on) {
        return on == null ? null : on ? "on" : "off";
    }

    private static Stream<EnvVar> one(String name, @Nullable Object value) {
        return Stream.ofNullable(value).map(some -> new EnvVar(name, some.toString(), null));
    }

    /** The service reads commas between entries; the API server has seen to it that no entry has one. */
    private static Stream<EnvVar> list(String name, @Nullable List<String> values) {
        return values == null || values.isEmpty() ? Stream.empty() : one(name, String.join(",", values));
    }
}
