package dev.brr.runtime.document;

import java.util.List;
import java.util.Map;

/**
 * Names the schemes that together let a request in; none lets anyone in.
 *
 * @param schemes scheme name to the scopes asked of it
 */
public record SecurityRequirement(Map<String, List<String>> schemes) {
    public SecurityRequirement {
        schemes = Map.copyOf(schemes);
    }
}
