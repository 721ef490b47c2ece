package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocStats;
import dev.brr.jemalloc.conf.ConfHash;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes jemalloc's statistics.
 *
 * <p>The meters of one scrape share one reading of the statistics, see {@link #SHARED_FOR}. Without jemalloc there is
 * {@code jemalloc.loaded} alone, 0, with the reason as a tag.
 */
public final class JemallocMetrics implements MeterBinder {

    /** How long one reading serves; longer than a scrape takes, shorter than scrapes lie apart. */
    static final Duration SHARED_FOR = Duration.ofMillis(100);

    private static final String PAGES = "pages";

    private final Jemalloc jemalloc;
    private final String mallocConf;

    /** Publishes what {@link Jemalloc#probe()} found, and the fingerprint of the environment's {@code MALLOC_CONF}. */
    public JemallocMetrics(Jemalloc jemalloc) {
        this(jemalloc, System.getenv("MALLOC_CONF"));
    }

    /** Publishes the fingerprint of options that came another way than by the environment. */
    public JemallocMetrics(Jemalloc jemalloc, @Nullable String mallocConf) {
        this.jemalloc = jemalloc;
        this.mallocConf = mallocConf == null ? "" : mallocConf;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        switch (jemalloc) {
            case Jemalloc.Loaded loaded -> new Binding(registry, loaded).bind(mallocConf);
            case Jemalloc.Absent(Absence reason, String _) -> presence(registry, 0, Tags.of("reason", reason.tag()));
        }
    }

    private static void presence(MeterRegistry registry, int value, Tags tags) {
        Gauge.builder("jemalloc.loaded", () -> value)
                .description("1 if jemalloc is the allocator of this process, 0 with the reason if it is not")
                .tags(tags)
                .register(registry);
    }

    /** Ties one jemalloc to one registry. Meters hold it weakly; the probe keeps it as long as the process lives. */
    private record Binding(MeterRegistry registry, Jemalloc.Loaded loaded) {

        void bind(String mallocConf) {
            presence(registry, 1, Tags.empty());
            info(mallocConf);
            sizes();
            gauge("jemalloc.arenas", null, "Arenas that exist now", stats -> stats.arenas());
            gauge(
                    "jemalloc.background.threads",
                    "threads",
                    "Threads that give unused pages back to the kernel",
                    stats -> stats.backgroundThreads());
            calls("small", MallocStats::small);
            calls("large", MallocStats::large);
            purged("dirty", stats -> stats.purgedPages().dirty());
            purged("muzzy", stats -> stats.purgedPages().muzzy());
            Gauge.builder("jemalloc.prof.active", loaded, jemalloc -> jemalloc.profActive() ? 1 : 0)
                    .description("1 while allocations are being sampled for heap profiles")
                    .register(registry);
        }

        private void sizes() {
            bytes("jemalloc.stats.allocated", "Bytes the application has allocated", MallocStats::allocated);
            bytes("jemalloc.stats.active", "Bytes in pages that hold an allocation", MallocStats::active);
            bytes(
                    "jemalloc.stats.resident",
                    "Most bytes the allocator can have in physical memory: active, dirty and metadata pages",
                    MallocStats::resident);
            bytes("jemalloc.stats.mapped", "Bytes mapped for the application", MallocStats::mapped);
            bytes(
                    "jemalloc.stats.retained",
                    "Bytes of address space kept for reuse, without memory behind them",
                    MallocStats::retained);
            bytes("jemalloc.stats.metadata", "Bytes of the allocator's own bookkeeping", MallocStats::metadata);
            bytes("jemalloc.dirty", "Bytes in unused pages not given back yet", MallocStats::dirty);
            bytes("jemalloc.muzzy", "Bytes in unused pages that the kernel may take back", MallocStats::muzzy);
        }

        private void info(String mallocConf) {
            String version = loaded.version();
            int dash = version.indexOf('-');
            Gauge.builder("jemalloc.info", () -> 1)
                    .description("Version, fingerprint of MALLOC_CONF, and whether heap profiles can be taken")
                    .tag("version", dash < 0 ? version : version.substring(0, dash))
                    .tag("conf_hash", ConfHash.of(mallocConf))
                    .tag("prof", Boolean.toString(loaded.configProf() && profiling()))
                    .register(registry);
        }

        private boolean profiling() {
            return loaded.mallctl().readBoolean("opt.prof");
        }

        private void bytes(String name, String description, ToDoubleFunction<MallocStats> value) {
            gauge(name, BaseUnits.BYTES, description, value);
        }

        private void gauge(
                String name, @Nullable String unit, String description, ToDoubleFunction<MallocStats> value) {
            Gauge.builder(name, loaded, now(value))
                    .baseUnit(unit)
                    .description(description)
                    .register(registry);
        }

        private void calls(String sizes, Function<MallocStats, MallocStats.Calls> calls) {
            counter(
                    "jemalloc.malloc",
                    null,
                    "Objects taken from the arenas, to be used or to fill thread caches",
                    Tags.of("class", sizes),
                    stats -> calls.apply(stats).mallocs());
            counter(
                    "jemalloc.dalloc",
                    null,
                    "Objects given back to the arenas",
                    Tags.of("class", sizes),
                    stats -> calls.apply(stats).dallocs());
        }

        private void purged(String kind, ToDoubleFunction<MallocStats> value) {
            counter("jemalloc.purged", PAGES, "Unused pages given back to the kernel", Tags.of("kind", kind), value);
        }

        private void counter(
                String name,
                @Nullable String unit,
                String description,
                Tags tags,
                ToDoubleFunction<MallocStats> value) {
            FunctionCounter.builder(name, loaded, now(value))
                    .baseUnit(unit)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private static ToDoubleFunction<Jemalloc.Loaded> now(ToDoubleFunction<MallocStats> value) {
            return jemalloc -> value.applyAsDouble(jemalloc.statsNotOlderThan(SHARED_FOR));
        }
    }
}
