package dev.brr.runtime.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request's parameters, put together by hand. */
public final class FakeRequest implements RequestParameters {
    private final Map<String, String> path = new HashMap<>();
    private final Map<String, List<String>> headers = new HashMap<>();
    private Query query = Query.parse("");

    public static FakeRequest empty() {
        return new FakeRequest();
    }

    public FakeRequest withPath(String name, String raw) {
        path.put(name, raw);
        return this;
    }

    public FakeRequest withQuery(String raw) {
        query = Query.parse(raw);
        return this;
    }

    public FakeRequest withHeader(String name, String... values) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .addAll(List.of(values));
        return this;
    }

    @Override
    public Map<String, String> path() {
        return path;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
