package dev.brr.runtime.config;

import dev.brr.runtime.security.JwtPolicy;
import dev.brr.runtime.security.KeyOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what the tokens of each scheme have to hold to. */
final class JwtReader {
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final Duration CACHE = Duration.ofMinutes(5);

    private static final SettingKey<KeyOrigin> KEY_SET = family(
            "jwks",
            new ValueType<>("an http or https URL or the name of a file", "", KeyOrigin::parse, KeyOrigin::toString),
            "where the public keys of a bearer, oauth2 or openIdConnect scheme are, a JWK Set;"
                    + " an openIdConnect scheme may leave it to its provider");

    private static final SettingKey<String> ISSUER =
            family("issuer", ValueType.TEXT, "the issuer that its tokens have to be of (iss)");

    private static final SettingKey<String> AUDIENCE = family(
                    "audience", ValueType.TEXT, "who its tokens have to be for (aud), one of several")
            .asList();

    private static final SettingKey<String> ALGORITHMS = family(
                    "algorithms",
                    ValueType.TEXT,
                    "the algorithms that its tokens may be signed by, " + JwtPolicy.DEFAULT_ALGORITHM
                            + " when it says nothing: " + String.join(", ", JwtPolicy.ALGORITHMS))
            .asList();

    private static final SettingKey<Duration> LEEWAY_SECONDS = family(
            "leewaySeconds",
            ValueType.seconds(0, 600),
            "how far the clocks of issuer and service may be apart, " + LEEWAY.toSeconds() + " when it says nothing");

    private static final SettingKey<Duration> CACHE_SECONDS = family(
            "jwksCacheSeconds",
            ValueType.seconds(10, 86_400),
            "how long its keys serve before they are fetched again, " + CACHE.toSeconds() + " when it says nothing");

    static final List<SettingKey<?>> KEYS =
            List.of(KEY_SET, ISSUER, AUDIENCE, ALGORITHMS, LEEWAY_SECONDS, CACHE_SECONDS);

    private final SettingValues values;

    JwtReader(SettingValues values) {
        this.values = values;
    }

    /** {@code a.bC} is {@code --jwt-b-c SCHEME=VALUE} and {@code BRR_JWT_B_C__SCHEME}. */
    private static <T> SettingKey<T> family(String name, ValueType<T> type, String meaning) {
        String words = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String variable = "BRR_JWT_" + words.replace('-', '_').toUpperCase(Locale.ROOT);
        return SettingKey.<T>of(
                        "security.jwt.<scheme>." + name,
                        "--jwt-" + words,
                        type.shownAs("SCHEME=" + (type.sign().isEmpty() ? "PLACE" : type.sign())),
                        null,
                        meaning)
                .withVariables(variable + "__<scheme>");
    }

    Map<String, JwtSettings> read() {
        Map<String, String> sources = new TreeMap<>();
        for (SettingKey<?> key : KEYS) {
            values.each(key).forEach((scheme, given) -> sources.putIfAbsent(scheme, given.source()));
        }
        Map<String, KeyOrigin> origins = values.map(KEY_SET);
        Map<String, String> issuers = values.map(ISSUER);
        Map<String, List<String>> audiences = lists(AUDIENCE, _ -> Optional.empty());
        Map<String, List<String>> algorithms = lists(ALGORITHMS, JwtPolicy::mistake);
        Map<String, Duration> leeways = values.map(LEEWAY_SECONDS);
        Map<String, Duration> caches = values.map(CACHE_SECONDS);
        Map<String, JwtSettings> byScheme = new TreeMap<>();
        sources.forEach((scheme, source) -> {
            String issuer = issuers.getOrDefault(scheme, "");
            List<String> audience = audiences.getOrDefault(scheme, List.of());
            List<String> names = algorithms.getOrDefault(scheme, List.of());
            if (issuer.isEmpty()) {
                values.mistake(source, "the tokens of " + scheme + " need an issuer; set BRR_JWT_ISSUER__" + scheme);
            }
            if (audience.isEmpty()) {
                values.mistake(
                        source,
                        "the tokens of " + scheme + " need an audience, or those for other services would be taken"
                                + " here; set BRR_JWT_AUDIENCE__" + scheme);
            }
            boolean fits =
                    names.stream().allMatch(name -> JwtPolicy.mistake(name).isEmpty());
            if (!issuer.isEmpty() && !audience.isEmpty() && fits) {
                byScheme.put(
                        scheme,
                        new JwtSettings(
                                source,
                                JwtPolicy.of(issuer, audience, names, leeways.getOrDefault(scheme, LEEWAY)),
                                Optional.ofNullable(origins.get(scheme)),
                                caches.getOrDefault(scheme, CACHE)));
            }
        });
        return byScheme;
    }

    private Map<String, List<String>> lists(SettingKey<String> key, Function<String, Optional<String>> mistake) {
        Map<String, List<String>> lists = new TreeMap<>();
        values.each(key).forEach((scheme, given) -> {
            List<String> texts = given.texts().stream()
                    .flatMap(text -> key.split(text).stream())
                    .toList();
            texts.forEach(text -> mistake.apply(text).ifPresent(what -> values.mistake(given.source(), what)));
            lists.put(scheme, texts);
        });
        return lists;
    }
}
