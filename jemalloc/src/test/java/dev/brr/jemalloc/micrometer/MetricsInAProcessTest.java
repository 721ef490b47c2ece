package dev.brr.jemalloc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.conf.ConfHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scrapes a JVM that runs on the real jemalloc. The names are what dashboards and alerts are written against. */
class MetricsInAProcessTest {

    private static final String CONF =
            "abort_conf:true,narenas:2,background_thread:true,prof:true,prof_active:false,dirty_decay_ms:1000";

    /** Names of series with their labels, and their types, as a Prometheus server sees them. */
    private static final String SERIES = """
            counter jemalloc_dalloc_total{class="large"}
            counter jemalloc_dalloc_total{class="small"}
            counter jemalloc_malloc_total{class="large"}
            counter jemalloc_malloc_total{class="small"}
            counter jemalloc_purged_pages_total{kind="dirty"}
            counter jemalloc_purged_pages_total{kind="muzzy"}
            gauge jemalloc_arenas
            gauge jemalloc_background_threads
            gauge jemalloc_dirty_bytes
            gauge jemalloc_info{conf_hash="HASH",prof="true",version="5.3.0"}
            gauge jemalloc_loaded
            gauge jemalloc_muzzy_bytes
            gauge jemalloc_prof_active
            gauge jemalloc_stats_active_bytes
            gauge jemalloc_stats_allocated_bytes
            gauge jemalloc_stats_mapped_bytes
            gauge jemalloc_stats_metadata_bytes
            gauge jemalloc_stats_resident_bytes
            gauge jemalloc_stats_retained_bytes
            gauge process_memory_allocations
            gauge process_memory_baseline_rss_bytes
            gauge process_memory_growth_bytes
            gauge process_memory_heap_bytes
            gauge process_memory_peak_heap_bytes
            gauge process_memory_peak_rss_bytes
            gauge process_memory_rss_bytes
            gauge process_memory_vss_bytes
            """.replace("HASH", ConfHash.of(CONF));

    private static Result loaded;
    private static Result absent;

    @BeforeAll
    static void scrape() {
        loaded = ForkedJvm.withJemalloc(MetricsProgram.class, CONF).run();
        absent = ForkedJvm.of(MetricsProgram.class).run();
        loaded.value("held");
        absent.value("held");
    }

    @Test
    void theNamesLabelsAndTypesAreThePromisedOnes() {
        assertThat(typedSeries(loaded))
                .filteredOn(series -> !series.contains("process_memory_limit_bytes"))
                .containsExactlyElementsOf(SERIES.lines().toList());
    }

    @Test
    void theReadmeHasThemAll() throws IOException {
        // given
        String readme = Files.readString(Path.of("README.md"));

        // then
        assertThat(SERIES.lines().map(series -> series.replaceAll("^\\w+ |\\{.*", "")))
                .allMatch(name -> readme.contains("`" + name + "`") || readme.contains("`" + name + "{"));
    }

    @Test
    void withoutJemallocOnlyTheProcessAndTheReasonAreLeft() {
        assertThat(typedSeries(absent))
                .filteredOn(series -> !series.contains("process_memory_limit_bytes"))
                .containsExactly(
                        "gauge jemalloc_loaded{reason=\"not_preloaded\"}",
                        "gauge process_memory_baseline_rss_bytes",
                        "gauge process_memory_growth_bytes",
                        "gauge process_memory_peak_rss_bytes",
                        "gauge process_memory_rss_bytes",
                        "gauge process_memory_vss_bytes");
        assertThat(series(absent, "first")).containsEntry("jemalloc_loaded{reason=\"not_preloaded\"}", 0.0);
    }

    @Test
    void everyMeterIsDescribed() {
        // given
        List<String> names = typedSeries(loaded).stream()
                .map(series -> series.replaceAll("^\\w+ |_total|\\{.*", ""))
                .distinct()
                .toList();

        // when
        Map<String, String> help = loaded.out()
                .lines()
                .filter(line -> line.startsWith("first:# HELP "))
                .map(line -> line.substring("first:# HELP ".length()).split(" ", 2))
                .collect(Collectors.toMap(words -> words[0].replace("_total", ""), words -> words[1]));

        // then
        assertThat(help).containsOnlyKeys(names);
        assertThat(help.values()).allSatisfy(text -> assertThat(text).hasSizeGreaterThan(15));
    }

    @ParameterizedTest
    @CsvSource({
        "jemalloc_loaded, 1, 1",
        "jemalloc_arenas, 2, 4",
        "jemalloc_background_threads, 1, 2",
        "jemalloc_prof_active, 0, 0",
        "jemalloc_stats_allocated_bytes, 1e6, 1e9",
        "jemalloc_stats_active_bytes, 1e6, 1e9",
        "jemalloc_stats_resident_bytes, 1e6, 1e9",
        "jemalloc_stats_mapped_bytes, 1e6, 1e9",
        "jemalloc_stats_retained_bytes, 0, 1e9",
        "jemalloc_stats_metadata_bytes, 1e5, 1e9",
        "jemalloc_dirty_bytes, 0, 1e9",
        "jemalloc_muzzy_bytes, 0, 1e9",
        "process_memory_rss_bytes, 2e7, 1e9",
        "process_memory_vss_bytes, 1e8, 1e12",
        "process_memory_peak_rss_bytes, 2e7, 1e9",
        "process_memory_baseline_rss_bytes, 2e7, 1e9",
        "process_memory_growth_bytes, -1e9, 1e9",
        "process_memory_heap_bytes, 1e6, 1e9",
        "process_memory_allocations, 1e3, 1e9"
    })
    void aGaugeHasAPlausibleValue(String name, double least, double most) {
        assertThat(first(name)).isBetween(least, most);
    }

    @Test
    void allGaugesOfAScrapeAreOfOneMoment() {
        assertThat(first("process_memory_heap_bytes")).isEqualTo(first("jemalloc_stats_allocated_bytes"));
        assertThat(loaded.number("epochs")).isEqualTo(1);
    }

    @Test
    void growthIsRssWithoutTheBaseline() {
        assertThat(first("process_memory_growth_bytes"))
                .isEqualTo(first("process_memory_rss_bytes") - first("process_memory_baseline_rss_bytes"));
    }

    @Test
    void theSecondScrapeShowsWhatWasAllocatedBetween() {
        assertThat(second("process_memory_heap_bytes") - first("process_memory_heap_bytes"))
                .isBetween(30e6, 40e6);
        assertThat(second("process_memory_peak_heap_bytes"))
                .isGreaterThanOrEqualTo(second("process_memory_heap_bytes"));
        assertThat(second("jemalloc_malloc_total{class=\"large\"}"))
                .isGreaterThan(first("jemalloc_malloc_total{class=\"large\"}"));
        assertThat(second("jemalloc_prof_active")).isEqualTo(1);
        assertThat(second("process_memory_baseline_rss_bytes")).isEqualTo(first("process_memory_baseline_rss_bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jemalloc_malloc_total{class=\"small\"}",
                "jemalloc_malloc_total{class=\"large\"}",
                "jemalloc_dalloc_total{class=\"small\"}",
                "jemalloc_purged_pages_total{kind=\"dirty\"}",
                "process_memory_allocations"
            })
    void aCounterNeverFallsAndOutlivesItsBinder(String name) {
        // given
        double first = first(name);
        double second = second(name);

        // then
        assertThat(first).isNotNegative();
        // Not every process purges or takes a slow path in its first second: zero is as true as any number.
        assertThat(second).isGreaterThanOrEqualTo(first);
    }

    private static double first(String name) {
        return value("first", name);
    }

    private static double second(String name) {
        return value("second", name);
    }

    private static double value(String scrape, String name) {
        Double value = series(loaded, scrape).get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in the " + scrape + " scrape:\n" + loaded.out());
        }
        return value;
    }

    private static List<String> typedSeries(Result result) {
        Map<String, String> types = result.out()
                .lines()
                .filter(line -> line.startsWith("first:# TYPE "))
                .map(line -> line.substring("first:# TYPE ".length()).split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        return series(result, "first").keySet().stream()
                .map(series -> types.get(series.replaceAll("\\{.*", "")) + " " + series)
                .sorted()
                .toList();
    }

    private static Map<String, Double> series(Result result, String scrape) {
        Map<String, Double> series = new TreeMap<>();
        result.out()
                .lines()
                .filter(line -> line.startsWith(scrape + ":") && !line.startsWith(scrape + ":#"))
                .map(line -> line.substring(scrape.length() + 1))
                .forEach(line -> series.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
        return series;
    }
}
