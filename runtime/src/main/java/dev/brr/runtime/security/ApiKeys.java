package dev.brr.runtime.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that open each apiKey scheme. Its text form names the schemes and no key. */
public final class ApiKeys {
    private final Map<String, List<byte[]>> byScheme = new HashMap<>();

    /** @param keys the keys by scheme; several let one be rotated */
    public ApiKeys(Map<String, List<String>> keys) {
        keys.forEach((scheme, values) -> byScheme.put(
                scheme,
                values.stream()
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList()));
    }

    /** The schemes that have a key. */
    public Set<String> schemes() {
        return Set.copyOf(byScheme.keySet());
    }

    /** How many keys a scheme has. */
    int count(String scheme) {
        return byScheme.getOrDefault(scheme, List.of()).size();
    }

    /**
     * Compares with every key of the scheme, in a time that does not depend on where they differ.
     *
     * @return the place of the key that opens, from 0; -1 when none does
     */
    int find(String scheme, String given) {
        List<byte[]> keys = byScheme.getOrDefault(scheme, List.of());
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        int found = -1;
        for (int place = 0; place < keys.size(); place++) {
            found = MessageDigest.isEqual(keys.get(place), bytes) ? place : found;
        }
        return found;
    }

    @Override
    public String toString() {
        return "ApiKeys" + byScheme.keySet();
    }
}
