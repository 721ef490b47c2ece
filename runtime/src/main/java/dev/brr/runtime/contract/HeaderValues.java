package dev.brr.runtime.contract;

import java.util.List;
import java.util.Map;

/**
 * The headers of a response or of a part of a form, to be read as parameters are.
 *
 * @param byName the values by names, in upper or lower case
 */
record HeaderValues(Map<String, String> byName) implements RequestParameters {
    @Override
    public Map<String, String> path() {
        return Map.of();
    }

    @Override
    public Query query() {
        return Query.parse("");
    }

    @Override
    public List<String> header(String name) {
        for (Map.Entry<String, String> header : byName.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return List.of(header.getValue());
            }
        }
        return List.of();
    }
}
