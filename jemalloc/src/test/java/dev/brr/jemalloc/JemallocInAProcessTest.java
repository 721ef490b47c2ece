package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.conf.CpuLimit;
import dev.brr.jemalloc.conf.MallocOption;
import dev.brr.jemalloc.conf.Preset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts JVMs with and without the real jemalloc and looks at what they see of it. */
class JemallocInAProcessTest {

    /** Bounds on differences leave 2 MiB, for the JVM allocates and frees for itself all the time. */
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void aPresetIsInEffectAsAsked(Preset preset) {
        // given
        String conf = preset.conf(CpuLimit.ofMillicores(3000)).render();

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, conf).run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
        assertThat(result.value("requested")).isEqualTo(conf);
        assertThat(result.value("mismatches")).isEqualTo("[]");
        assertThat(result.value("backgroundThread")).isEqualTo("true");
        assertThat(result.number("opt.narenas")).isEqualTo(preset.narenas(CpuLimit.ofMillicores(3000)));
        assertThat(result.number("narenas")).isGreaterThanOrEqualTo(result.number("opt.narenas"));
    }

    @Test
    void whatAPersonMayAskForIsInEffectAsAsked() {
        // given
        String conf = "abort_conf:true,metadata_thp:always,dss:primary,mutex_max_spin:-1,muzzy_decay_ms:-1,"
                + "stats_print_opts:Jmd,stats_print:true,stats_interval:-1,"
                + "junk:alloc,lg_tcache_max:13,lg_tcache_nslots_mul:-2,tcache_nslots_large:10,oversize_threshold:0,"
                + "background_thread:true,max_background_threads:3,prof:true,prof_active:false,prof_prefix:/tmp/a b,lg_prof_sample:20,"
                + "prof_recent_alloc_max:-1,prof_time_resolution:high,thp:never,zero_realloc:alloc,retain:false";

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, conf).run();

        // then
        assertThat(result.value("mismatches")).isEqualTo("[]");
        assertThat(result.value("opt.tcache_max")).isEqualTo("8192");
        assertThat(result.value("opt.prof_prefix")).isEqualTo("/tmp/a b");
    }

    @Test
    void everyOptionOfTheTableThatThisBuildShowsIsReported() {
        // when
        Result result =
                ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true").run();

        // then
        List<String> notShown = MallocOption.all().stream()
                .filter(option -> option.controlName().isPresent())
                .map(MallocOption::name)
                .filter(name -> !result.out().contains("opt." + name + "="))
                .toList();
        assertThat(notShown).containsExactly("utrace", "xmalloc", "lg_san_uaf_align");
        assertThat(result.value("version")).startsWith("5.3.0-");
        assertThat(result.value("probed_again")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            narenas:1                | opt.narenas        | 1
            dirty_decay_ms:-1        | opt.dirty_decay_ms | -1
            hpa:true,hpa_dirty_mult:-1 | opt.hpa_dirty_mult | -1
            hpa:true,hpa_dirty_mult:0.75 | opt.hpa_dirty_mult | 0.75
            tcache_gc_delay_bytes:18446744073709551615 | opt.tcache_gc_delay_bytes | 18446744073709551615
            junk:true                | opt.junk           | true
            stats_print_opts:J       | opt.stats_print_opts | J
            """)
    void effectiveOptionsAreInTheWordsOfMallocConf(String conf, String option, String value) {
        assertThat(ForkedJvm.withJemalloc(ReportProgram.class, conf).run().value(option))
                .isEqualTo(value);
    }

    @Test
    void aWrongMallocConfDoesNotLetTheJvmStart() {
        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true,narenas:0")
                .run();

        // then
        assertThat(result.exit()).isEqualTo(134);
        assertThat(result.err()).contains("Out-of-range conf value: narenas:0");
    }

    @Test
    void withoutPreloadItIsAbsentAndSaysSo() {
        // when
        Result result = ForkedJvm.of(ReportProgram.class)
                .env("MALLOC_CONF", "abort_conf:true,narenas:2")
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("false");
        assertThat(result.value("reason")).isEqualTo("not_preloaded");
        assertThat(result.value("explanation"))
                .isEqualTo("LD_PRELOAD is not set. Start the process with LD_PRELOAD=libjemalloc.so.2.");
        assertThat(result.value("requested")).isEqualTo("abort_conf:true,narenas:2");
        assertThat(result.value("effective")).isEqualTo("{}");
        assertThat(result.value("mismatches"))
                .isEqualTo("[abort_conf is not reported, asked for true, narenas is not reported, asked for 2]");
        assertThat(result.value("probed_again")).isEqualTo("true");
    }

    @Test
    void aLibraryThatTheLoaderDoesNotFindIsNamed() {
        // when
        Result result = ForkedJvm.of(ReportProgram.class)
                .env("LD_PRELOAD", "/nowhere/libjemalloc.so.2")
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("library_not_found");
        assertThat(result.value("explanation")).contains("\"/nowhere/libjemalloc.so.2\"");
    }

    @Test
    void withoutJnasNativePartItIsAbsent(@TempDir Path empty) {
        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .option("-Djna.nounpack=true")
                .option("-Djna.nosys=true")
                .option("-Djna.boot.library.path=" + empty)
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("false");
        assertThat(result.value("reason")).isEqualTo("no_native_access");
        assertThat(result.value("explanation")).contains("JNA could not load its native part");
    }

    @Test
    void whatRefusesAControlIsNoMatterOfNativeAccess(@TempDir Path folder) throws Exception {
        // given
        Path other = MallocShim.compileUnheardOf(folder);

        // when
        Result result = ForkedJvm.of(ReportProgram.class)
                .env("LD_PRELOAD", other.toString())
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("control_refused");
        assertThat(result.value("explanation"))
                .startsWith("jemalloc is in this process and could not ")
                .contains("ENOENT")
                .endsWith("Is it jemalloc 5, and nothing else that exports mallctl?");
    }

    @Test
    void whereNativeAccessIsForbiddenItIsAbsentAndSaysHowToAllowIt() {
        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .withoutNativeAccess()
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("no_native_access");
        assertThat(result.value("explanation")).startsWith("This JVM forbids native access");
    }

    @Test
    void anotherVersionOfJnaIsAReasonAndNoCrash(@TempDir Path folder) throws Exception {
        // given
        Path other = MallocShim.compileOtherJna(folder);

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .option("-Djna.boot.library.path=" + other.getParent())
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("no_native_access");
        assertThat(result.value("explanation"))
                .startsWith("There is an incompatible JNA native library installed on this system. Remove");
    }

    @Test
    void anAllocatorInFrontOfJemallocIsFound(@TempDir Path folder) throws Exception {
        // given
        Path other = MallocShim.compile(folder);

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .env("LD_PRELOAD", other + " " + RealJemalloc.LIBRARY)
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("not_the_allocator");
        assertThat(result.value("explanation")).contains("malloc is that of " + other);
    }

    @Test
    void aPrefixedBuildIsFound(@TempDir Path folder) throws Exception {
        // given
        Path prefixed = MallocShim.compilePrefixed(folder);

        // when
        Result result = ForkedJvm.of(ReportProgram.class)
                .env("LD_PRELOAD", prefixed.toString())
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("prefixed_build");
        assertThat(result.value("explanation")).startsWith(prefixed + " exports je_mallctl");
    }

    /** One JVM that allocates; what jemalloc said of it. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Statistics {

        private Result result;

        @BeforeAll
        void allocate() {
            result = ForkedJvm.withJemalloc(
                            StatisticsProgram.class,
                            "abort_conf:true,narenas:3,background_thread:true,dirty_decay_ms:60000")
                    .run();
        }

        @Test
        void theSizesFitTogether() {
            assertThat(result.number("allocated")).isGreaterThan(5L * MIB);
            assertThat(result.number("active_minus_allocated")).isNotNegative();
            assertThat(result.number("resident_minus_active")).isPositive();
            assertThat(result.number("mapped_minus_active")).isNotNegative();
            assertThat(result.number("metadata")).isPositive();
        }

        @Test
        void theCountsAreThoseOfTheProcess() {
            assertThat(result.number("arenas")).isBetween(3L, 5L);
            assertThat(result.number("background_threads")).isBetween(1L, 4L);
            assertThat(result.number("live_small")).isPositive();
            assertThat(result.number("live_large")).isPositive();
            assertThat(result.number("requests")).isGreaterThan(1000);
        }

        @Test
        void memoryOfUnsafeIsSeenToComeAndGo() {
            assertThat(result.number("unsafe_allocated")).isBetween(62L * MIB, 66L * MIB);
            assertThat(result.number("unsafe_resident")).isGreaterThan(60L * MIB);
            assertThat(result.number("unsafe_large_mallocs")).isPositive();
            assertThat(result.number("unsafe_freed")).isBetween(62L * MIB, 66L * MIB);
            assertThat(result.number("unsafe_dirty_or_returned")).isGreaterThan(30L * MIB);
        }

        @Test
        void directBuffersAndSegmentsAreSeen() {
            assertThat(result.number("direct_allocated")).isBetween(14L * MIB, 18L * MIB);
            assertThat(result.number("direct_kept")).isEqualTo(16);
            assertThat(result.number("segment_allocated")).isBetween(6L * MIB, 10L * MIB);
        }

        @Test
        void smallObjectsAreCounted() {
            assertThat(result.number("small_mallocs")).isGreaterThanOrEqualTo(9_000);
            assertThat(result.number("small_requests")).isGreaterThanOrEqualTo(5_000);
            assertThat(result.number("small_dallocs")).isGreaterThanOrEqualTo(5_000);
        }

        @Test
        void freedPagesAreDirtyUntilTheyArePurged() {
            assertThat(result.number("dirty_after_free")).isGreaterThan(4L * MIB);
            assertThat(result.number("muzzy_after_free")).isZero();
            assertThat(result.number("dirty_after_purge")).isLessThan(2L * MIB);
            assertThat(result.number("dirty_pages_purged")).isGreaterThan(28L * MIB / 4096);
            assertThat(result.number("muzzy_pages_purged")).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Allocated", "active", "metadata", "resident", "mapped", "retained"})
        void eachSizeIsWhatJemallocPrints(String name) {
            assertThat(result.number("printed_" + name)).isBetween(-2L * MIB, 2L * MIB);
        }

        @Test
        void sharedReadingsAdvanceTheEpochOnce() {
            assertThat(result.number("epochs_of_three_shared")).isEqualTo(1);
            assertThat(result.number("epochs_with_two_more")).isEqualTo(3);
            assertThat(result.number("epoch_answer")).isEqualTo(4);
        }

        @Test
        void theReportsOfJemallocArriveWhole() {
            assertThat(result.value("json_is_one_object")).isEqualTo("true");
            assertThat(result.value("json_has_merged_arenas")).isEqualTo("true");
            assertThat(result.value("json_has_opt")).isEqualTo("true");
            assertThat(result.value("text_is_a_report")).isEqualTo("true");
            assertThat(result.value("version")).matches("5\\.3\\.0-.*");
            assertThat(result.value("config_prof")).isEqualTo("true");
        }

        @Test
        void manyThreadsReadWithoutDisturbingEachOther() {
            assertThat(result.number("torn_readings")).isZero();
        }
    }

    /** One JVM that uses the controls well and badly; what came of it. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Controls {

        private Result result;

        @BeforeAll
        void use() {
            result = ForkedJvm.withJemalloc(
                            ControlsProgram.class,
                            "abort_conf:true,narenas:2,dirty_decay_ms:777,tcache_max:4096,metadata_thp:auto,prof:true,"
                                    + "prof_active:false")
                    .run();
        }

        @ParameterizedTest
        @CsvSource({
            "boolean, false",
            "unsigned, 2",
            "size, 4096",
            "signed, 777",
            "string, auto",
            "fixed_point, 0.25",
            "by_mib, 2",
            "mib_name, arena.0.purge",
            "not_built_in, Optional.empty",
            "unheard_of, Optional.empty"
        })
        void readsEachTypeAsWhatItIs(String key, String value) {
            assertThat(result.value(key)).isEqualTo(value);
        }

        @ParameterizedTest
        @CsvSource({
            "decay_of_new_arenas, 1234",
            "decay_of_arena_0, -1",
            "decay_at_start, 777",
            "background_before, false",
            "background_after, true",
            "background_threads_max, 2",
            "prof_before, false",
            "prof_after, true",
            "dirty_after_purge, 0",
            "arena_of_thread, 1"
        })
        void writesTakeEffectAndLeaveTheStartValues(String key, String value) {
            assertThat(result.value(key)).isEqualTo(value);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                too_small     | EINVAL 22 [stats.allocated] could not read 4 bytes of stats.allocated: EINVAL, the value is of another size or not allowed
                too_large     | EINVAL 22 [opt.narenas] could not read 8 bytes of opt.narenas: EINVAL, the value is of another size or not allowed
                no_boolean    | EINVAL 22 [opt.narenas] could not read 1 bytes of opt.narenas: EINVAL, the value is of another size or not allowed
                unknown       | ENOENT 2 [stats.nothing] could not look up stats.nothing: ENOENT, this build or this process has no such control
                empty         | ENOENT 2 [] could not look up : ENOENT, this build or this process has no such control
                not_a_leaf    | ENOENT 2 [stats] could not read 8 bytes of stats: ENOENT, this build or this process has no such control
                no_such_arena | ENOENT 2 [stats.arenas.77.pdirty] could not look up stats.arenas.77.pdirty: ENOENT, this build or this process has no such control
                too_deep      | ENOENT 2 [stats.arenas.0.bins.0.mutex.num_ops.x.y.z] could not look up stats.arenas.0.bins.0.mutex.num_ops.x.y.z: ENOENT, this build or this process has no such control
                read_only     | EPERM 1 [opt.narenas] could not write 7 to opt.narenas: EPERM, it can only be read, or only be written
                all_arenas    | EFAULT 14 [arena.4096.dirty_decay_ms] could not write 7 to arena.4096.dirty_decay_ms: EFAULT, jemalloc failed at it
                call_a_value  | EPERM 1 [arena.0.purge] could not write 7 to arena.0.purge: EPERM, it can only be read, or only be written
                text_of_a_number    | EINVAL 22 [stats.allocated] could not read a text from stats.allocated: EINVAL, it holds no text
                text_to_hooks       | EINVAL 22 [arena.0.extent_hooks] could not write a text to arena.0.extent_hooks: EINVAL, it holds no text
                text_with_nul       | EINVAL 22 [arena.0.dss] could not write a text to arena.0.dss: EINVAL, its end is where its first NUL is
                number_to_text      | EINVAL 22 [arena.0.dss] could not write 5 to arena.0.dss: EINVAL, it holds a text
                number_to_hooks     | EINVAL 22 [arena.0.extent_hooks] could not write 5 to arena.0.extent_hooks: EINVAL, it holds an address
                beyond_unsigned     | EINVAL 22 [thread.arena] could not write 4294967296 to thread.arena: EINVAL, it takes 0 to 4294967295
                below_unsigned      | EINVAL 22 [thread.arena] could not write -1 to thread.arena: EINVAL, it takes 0 to 4294967295
                no_threads          | EINVAL 22 [max_background_threads] could not write 0 to max_background_threads: EINVAL, 5.3.0 would divide by it, which ends the process
                too_many_threads    | EINVAL 22 [max_background_threads] could not write -1 to max_background_threads: EINVAL, the value is of another size or not allowed
                sample_too_far      | EINVAL 22 [prof.reset] could not write 64 to prof.reset: EINVAL, it takes 0 to 63, and jemalloc would take the most
                decay_below         | EFAULT 14 [arenas.dirty_decay_ms] could not write -2 to arenas.dirty_decay_ms: EFAULT, jemalloc failed at it
                name_with_nul       | EINVAL 22 [epoch\\0x] could not look up epoch\\0x: EINVAL, no control's name has a NUL in it
                call_nothing  | ENOENT 2 [arena.0.nothing] could not look up arena.0.nothing: ENOENT, this build or this process has no such control
                """)
        void mistakesAreExplained(String key, String message) {
            assertThat(result.value(key)).isEqualTo(message);
        }
    }
}
