package dev.brr.runtime.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The API keys as configured. Its text form names schemes and no key. */
public final class ApiKeySettings {
    /** No keys at all: operations that ask for one refuse. */
    public static final ApiKeySettings NONE = new ApiKeySettings(List.of(), Map.of());

    private final List<String> forAll;
    private final Map<String, SchemeKeys> byScheme;

    /**
     * The keys of one scheme.
     *
     * @param source the flag or variable they came from
     * @param keys the keys; each opens the scheme
     */
    public record SchemeKeys(String source, List<String> keys) {
        @Override
        public String toString() {
            return source;
        }
    }

    /**
     * @param forAll keys that open every apiKey scheme which has none of its own
     * @param byScheme keys by the name of their scheme
     */
    public ApiKeySettings(List<String> forAll, Map<String, SchemeKeys> byScheme) {
        this.forAll = List.copyOf(forAll);
        this.byScheme = new TreeMap<>(byScheme);
    }

    /** Makes settings of one key for every apiKey scheme. */
    public static ApiKeySettings ofOne(String key) {
        return new ApiKeySettings(List.of(key), Map.of());
    }

    /** Gives the keys of each of the document's apiKey schemes; a scheme without any is left out. */
    public Map<String, List<String>> resolve(Set<String> schemes) {
        Map<String, List<String>> resolved = new HashMap<>();
        for (String scheme : schemes) {
            SchemeKeys own = byScheme.get(scheme);
            List<String> keys = own == null ? forAll : own.keys();
            if (!keys.isEmpty()) {
                resolved.put(scheme, List.copyOf(keys));
            }
        }
        return resolved;
    }

    /** Where a scheme's own keys came from; nothing when it has none of its own. */
    public Optional<String> sourceOf(String scheme) {
        return Optional.ofNullable(byScheme.get(scheme)).map(SchemeKeys::source);
    }

    /** Names the flags and variables that give keys to schemes which the document does not have. */
    public List<String> unknown(Set<String> schemes) {
        return byScheme.entrySet().stream()
                .filter(entry -> !schemes.contains(entry.getKey()))
                .map(entry -> entry.getValue().source())
                .toList();
    }

    @Override
    public String toString() {
        return "ApiKeySettings[" + (forAll.isEmpty() ? "" : "for all schemes, ") + byScheme.values() + "]";
    }
}
