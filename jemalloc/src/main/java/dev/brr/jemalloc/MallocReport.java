package dev.brr.jemalloc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports the allocator of this process, for an endpoint that whoever asked for a tuning reads back.
 *
 * @param loaded whether jemalloc is this process's {@code malloc}
 * @param reason why it is not, as {@link Absence#tag()}; null if it is
 * @param explanation what was found and what to do; null if it is loaded
 * @param version jemalloc's version; null without jemalloc
 * @param requested the environment's {@code MALLOC_CONF}; empty if not set
 * @param effective {@code opt.*} by names without {@code opt.}, in the words of {@code MALLOC_CONF}; empty without
 *     jemalloc
 * @param narenas arenas that exist now, with the one jemalloc adds for sizes from 8 MiB; 0 without jemalloc
 * @param backgroundThread whether background threads run now
 */
public record MallocReport(
        boolean loaded,
        @Nullable String reason,
        @Nullable String explanation,
        @Nullable String version,
        String requested,
        Map<String, String> effective,
        long narenas,
        boolean backgroundThread) {

    /** Keeps the order of the options. */
    public MallocReport {
        effective = Collections.unmodifiableMap(new LinkedHashMap<>(effective));
    }

    /** Reports on this process. */
    public static MallocReport of(Jemalloc jemalloc) {
        String environment = System.getenv("MALLOC_CONF");
        return of(jemalloc, environment == null ? "" : environment);
    }

    /** Reports on this process, with options that came another way than by its environment. */
    public static MallocReport of(Jemalloc jemalloc, String requested) {
        return switch (jemalloc) {
            case Jemalloc.Loaded loaded ->
                new MallocReport(
                        true,
                        null,
                        null,
                        loaded.version(),
                        requested,
                        loaded.effectiveOptions(),
                        loaded.mallctl().readUnsigned("arenas.narenas"),
                        loaded.backgroundThread());
            case Jemalloc.Absent(Absence reason, String explanation) ->
                new MallocReport(false, reason.tag(), explanation, null, requested, Map.of(), 0, false);
        };
    }

    /** Returns the report as nested maps for any JSON library; without the keys whose value is null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("loaded", loaded);
        putIfKnown(map, "reason", reason);
        putIfKnown(map, "explanation", explanation);
        putIfKnown(map, "version", version);
        map.put("requested", requested);
        map.put("effective", effective);
        map.put("narenas", narenas);
        map.put("backgroundThread", backgroundThread);
        return map;
    }

    private static void putIfKnown(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
