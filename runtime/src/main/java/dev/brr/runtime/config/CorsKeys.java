package dev.brr.runtime.config;

import dev.brr.runtime.cors.CorsPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads which pages of other origins may call. */
final class CorsKeys {
    private static final SettingKey<String> ORIGINS = SettingKey.<String>of(
                    "cors.origins",
                    "--cors-origins",
                    ValueType.TEXT,
                    null,
                    "the origins whose pages may call, * for all")
            .asList();

    private static final SettingKey<String> HEADERS = SettingKey.<String>of(
                    "cors.headers",
                    "--cors-headers",
                    ValueType.TEXT,
                    null,
                    "request headers that they may send besides those of the document, * for all")
            .asList();

    private static final SettingKey<String> EXPOSE_HEADERS = SettingKey.<String>of(
                    "cors.exposeHeaders",
                    "--cors-expose-headers",
                    ValueType.TEXT,
                    null,
                    "response headers that they may read")
            .asList();

    private static final SettingKey<Boolean> CREDENTIALS = SettingKey.of(
            "cors.credentials",
            "--cors-credentials",
            ValueType.ON_OFF,
            false,
            "whether they may send cookies and the like; never with the origin *");

    private static final SettingKey<Long> MAX_AGE = SettingKey.of(
            "cors.maxAgeSeconds",
            "--cors-max-age-seconds",
            ValueType.whole(0, CorsPolicy.MOST_MAX_AGE),
            CorsPolicy.DEFAULT_MAX_AGE,
            "how long a browser may keep the answer to a preflight");

    static final List<SettingKey<?>> ALL = List.of(ORIGINS, HEADERS, EXPOSE_HEADERS, CREDENTIALS, MAX_AGE);

    private CorsKeys() {}

    static Optional<CorsPolicy> read(SettingValues values) {
        List<String> origins = values.list(ORIGINS);
        List<String> headers = values.list(HEADERS);
        List<String> exposed = values.list(EXPOSE_HEADERS);
        boolean credentials = values.get(CREDENTIALS);
        long maxAge = values.get(MAX_AGE);
        Optional<Given> given = values.given(ORIGINS);
        if (given.isEmpty()) {
            ALL.forEach(key -> values.given(key)
                    .ifPresent(other -> values.mistake(other.source(), "says nothing without cors.origins")));
            return Optional.empty();
        }
        List<String> mistakes = CorsPolicy.mistakes(origins, headers, exposed, credentials);
        mistakes.forEach(mistake -> values.mistake(given.get().source(), mistake));
        return mistakes.isEmpty() && !origins.isEmpty()
                ? Optional.of(
                        new CorsPolicy(new HashSet<>(origins), new HashSet<>(headers), exposed, credentials, maxAge))
                : Optional.empty();
    }
}
