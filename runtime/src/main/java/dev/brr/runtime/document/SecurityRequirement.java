package dev.brr.runtime.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the schemes that together let a request in; none lets anyone in.
 *
 * @param schemes scheme name to the scopes asked of it, in the order of the document
 */
public record SecurityRequirement(Map<String, List<String>> schemes) {
    public SecurityRequirement {
        schemes = Collections.unmodifiableMap(new LinkedHashMap<>(schemes));
    }
}
