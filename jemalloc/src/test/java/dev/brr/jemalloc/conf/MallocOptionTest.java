package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MallocOptionTest {

    /** Every option in the section "opt.*" of jemalloc(3), release 5.3.0. */
    private static final List<String> DOCUMENTED = List.of(
            "abort",
            "confirm_conf",
            "abort_conf",
            "cache_oblivious",
            "metadata_thp",
            "trust_madvise",
            "retain",
            "dss",
            "narenas",
            "oversize_threshold",
            "percpu_arena",
            "background_thread",
            "max_background_threads",
            "dirty_decay_ms",
            "muzzy_decay_ms",
            "lg_extent_max_active_fit",
            "stats_print",
            "stats_print_opts",
            "stats_interval",
            "stats_interval_opts",
            "junk",
            "zero",
            "utrace",
            "xmalloc",
            "tcache",
            "tcache_max",
            "thp",
            "prof",
            "prof_prefix",
            "prof_active",
            "prof_thread_active_init",
            "lg_prof_sample",
            "prof_accum",
            "lg_prof_interval",
            "prof_gdump",
            "prof_final",
            "prof_leak",
            "prof_leak_error",
            "zero_realloc");

    @Test
    void everyDocumentedOptionIsKnown() {
        assertThat(MallocOption.all()).extracting(MallocOption::name).containsAll(DOCUMENTED);
    }

    @Test
    void everyDocumentedOptionCanBeReadBack() {
        assertThat(DOCUMENTED)
                .allSatisfy(name -> assertThat(MallocOption.named(name).flatMap(MallocOption::controlName))
                        .contains("opt." + name));
    }

    @Test
    void noNameIsThereTwice() {
        assertThat(MallocOption.all()).extracting(MallocOption::name).doesNotHaveDuplicates();
    }

    @Test
    void anOptionIsFoundByItsWholeNameOnly() {
        assertThat(MallocOption.named("dss")).isPresent();
        assertThat(MallocOption.named("d")).isEmpty();
        assertThat(MallocOption.named("")).isEmpty();
        assertThat(MallocOption.named("DSS")).isEmpty();
        assertThat(MallocOption.named("opt.dss")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dirty_decay_msx, dirty_decay_ms",
        "dirty_decay, dirty_decay_ms",
        "dirtydecayms, dirty_decay_ms",
        "muzy_decay_ms, muzzy_decay_ms",
        "backgroud_thread, background_thread",
        "background_threads, background_thread",
        "narena, narenas",
        "arenas, narenas",
        "NARENAS_RATIO, ''",
        "lg_prof_samples, lg_prof_sample",
        "prof_activ, prof_active",
        "abort_config, abort_conf",
        "tchp, thp",
        "dirty_decay_seconds, dirty_decay_ms",
        "malloc_arena_max, ''",
        "x, ''",
        "foo, ''"
    })
    void aMisspelledNameIsGuessedIfItIsNear(String misspelled, String guess) {
        assertThat(MallocOption.nearest(misspelled).orElse("")).isEqualTo(guess);
    }

    @ParameterizedTest
    @CsvSource({
        "abort_conf, true, false",
        "abort_conf, false, true",
        "prof_final, true, true",
        "prof_final, false, false",
        "prof_gdump, true, true",
        "prof_gdump, false, false",
        "prof_leak, true, true",
        "prof_leak, false, false",
        "prof_leak_error, true, true",
        "prof_leak_error, false, false",
        "prof_log, true, true",
        "prof_log, false, false",
        "lg_prof_interval, 30, true",
        "lg_prof_interval, -1, false",
        "zero_realloc, abort, true",
        "zero_realloc, alloc, false",
        "zero_realloc, free, false",
        "cache_oblivious, true, true",
        "cache_oblivious, false, true",
        "utrace, false, true",
        "xmalloc, true, true",
        "lg_san_uaf_align, -1, true",
        "log, x, true",
        "stats_interval, 0, true",
        "stats_interval, -1, false",
        "stats_interval_opts, J, true",
        "hpa, true, true",
        "hpa, false, false",
        "hpa_slab_max_alloc, 65536, true",
        "junk, true, false",
        "zero, true, false",
        "confirm_conf, true, false",
        "narenas, 1, false",
        "prof_prefix, /profiles/heap, false"
    })
    void whatNoServiceShouldHaveIsRefused(String option, String value, boolean refused) {
        assertThat(MallocOption.named(option).orElseThrow().refused(value).isPresent())
                .isEqualTo(refused);
    }

    @Test
    void theReadmeNamesEveryRefusedOption() throws IOException {
        // given
        String readme = Files.readString(Path.of("README.md"));

        // then
        assertThat(MallocOption.all())
                .filteredOn(option -> option.refusal() != null)
                .filteredOn(option -> !option.name().startsWith("hpa_"))
                .filteredOn(option -> !option.name().equals("stats_interval_opts"))
                .allMatch(option ->
                        readme.contains("`" + option.name() + "`") || readme.contains("`" + option.name() + ":"));
    }

    @Test
    void everyRefusalSaysWhy() {
        assertThat(MallocOption.all())
                .filteredOn(option -> option.refusal() != null)
                .hasSizeGreaterThan(8)
                .allSatisfy(option ->
                        assertThat(option.refused("?")).get().asString().hasSizeGreaterThan(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "narenas_ratio",
                "bin_shards",
                "slab_sizes",
                "lg_tcache_max",
                "prof_log",
                "prof_unbias",
                "san_guard_small",
                "san_guard_large",
                "hpa_hugification_threshold_ratio",
                "log"
            })
    void whatThisReleaseShowsInNoControlHasNone(String option) {
        assertThat(MallocOption.named(option).orElseThrow().controlName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BOOL, 1", "UNSIGNED, 4", "SIZE, 8", "SSIZE, 8", "INT64, 8", "UINT64, 8", "FIXED_POINT, 4", "STRING, 8"
    })
    void aControlTypeKnowsItsSize(ControlType type, int bytes) {
        assertThat(type.bytes()).isEqualTo(bytes);
    }
}
