package dev.brr.runtime.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of headers as Helidon has them, each made once; beyond so many they are made each time. */
final class HeaderNameCache {
    private final int most;
    private final Map<String, HeaderName> names = new ConcurrentHashMap<>();

    /** @param most how many are kept: whoever makes names up may do so without end */
    HeaderNameCache(int most) {
        this.most = most;
    }

    HeaderName of(String text) {
        HeaderName known = names.get(text);
        if (known != null) {
            return known;
        }
        HeaderName made = HeaderNames.create(text);
        if (names.size() < most) {
            names.put(text, made);
        }
        return made;
    }
}
