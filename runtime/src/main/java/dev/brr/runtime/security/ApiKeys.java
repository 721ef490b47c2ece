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

    /** Compares with every key of the scheme, in a time that does not depend on where they differ. */
    boolean opens(String scheme, String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        boolean opens = false;
        for (byte[] key : byScheme.getOrDefault(scheme, List.of())) {
            opens |= MessageDigest.isEqual(key, bytes);
        }
        return opens;
    }

    @Override
    public String toString() {
        return "ApiKeys" + byScheme.keySet();
    }
}
