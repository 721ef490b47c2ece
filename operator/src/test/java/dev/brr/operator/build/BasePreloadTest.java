package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.build.BasePreload.Kept;
import dev.brr.operator.build.BasePreload.None;
import dev.brr.operator.build.BasePreload.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasePreloadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH=/usr/bin",
                "LD_PRELOAD=",
                "LD_PRELOAD= : ",
                "LD_PRELOAD=/opt/brr/lib/libjemalloc.so.2",
                "MALLOC_CONF=",
                "MALLOC_CONF= ",
                "OLD_LD_PRELOAD=libtcmalloc.so.4",
                "MY_MALLOC_CONF=narenas:1",
                "MALLOC_ARENA_MAX=2",
                "LD_LIBRARY_PATH=/usr/lib/libtcmalloc.so"
            })
    void whatSaysNothingOfAllocatorsIsNoReasonForAnything(String variable) {
        // given
        var environment = List.of("LANG=C.UTF-8", variable);
        // when
        var decision = BasePreload.decide("base:1", environment);
        // then
        assertThat(decision).isEqualTo(new None());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/opt/tracer/libotel.so                             | /opt/tracer/libotel.so",
                "libfaketime.so.1                                  | libfaketime.so.1",
                "/a.so:/b.so                                       | /a.so /b.so",
                "/a.so /b.so                                       | /a.so /b.so",
                "/b.so : /a.so::/b.so                              | /b.so /a.so",
                "/opt/brr/lib/libjemalloc.so.2:/opt/libtracer.so    | /opt/libtracer.so",
                "/usr/lib/libnss_wrapper.so                        | /usr/lib/libnss_wrapper.so",
                "/opt/libjemalloc/libtracer.so                      | /opt/libjemalloc/libtracer.so",
                "libmallochooks.so                                 | libmallochooks.so",
                "/opt/notlibjemalloc.so                            | /opt/notlibjemalloc.so"
            })
    void otherLibrariesGoOnBeingPreloaded(String preload, String kept) {
        // given
        var environment = List.of("LD_PRELOAD=" + preload);
        // when
        var decision = BasePreload.decide("base:1", environment);
        // then
        assertThat(decision).isEqualTo(new Kept(List.of(kept.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libjemalloc.so.2",
                "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
                "/usr/local/lib/libjemalloc.so",
                "libtcmalloc.so.4",
                "libtcmalloc_minimal.so.4",
                "libtcmalloc_and_profiler.so.4",
                "/usr/lib/libmimalloc.so.2.0",
                "libmimalloc-secure.so",
                "libsnmallocshim-checks.so",
                "libhoard.so",
                "libscudo.so",
                "libhardened_malloc.so",
                "libtbbmalloc_proxy.so.2",
                "libefence.so.0",
                "libc_malloc_debug.so.0"
            })
    void aSecondAllocatorIsRefused(String library) {
        // given
        var environment = List.of("LD_PRELOAD=/opt/tracer.so:" + library);
        // when
        var decision = BasePreload.decide("registry.example/base:1", environment);
        // then
        assertThat(decision)
                .isEqualTo(new Refused("the base image registry.example/base:1 preloads " + library
                        + ", an allocator of its own, and a process has only one; use a base whose LD_PRELOAD does not"
                        + " name it (FROM, and ENV LD_PRELOAD=)"));
    }

    @Test
    void aTuningOfTheBaseIsRefusedWithWhereItBelongs() {
        // given
        var environment = List.of("MALLOC_CONF=dirty_decay_ms:1000,narenas:2");
        // when
        var decision = BasePreload.decide("base:1", environment);
        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.message())
                                .startsWith("the base image base:1 sets MALLOC_CONF=dirty_decay_ms:1000,narenas:2,")
                                .contains("spec.malloc.options")
                                .contains("ENV MALLOC_CONF="));
    }

    @Test
    void theLastOfTwoValuesCountsAsForTheContainerRuntime() {
        // given
        var environment = List.of("LD_PRELOAD=libtcmalloc.so.4", "LD_PRELOAD=/opt/tracer.so");
        // when
        var decision = BasePreload.decide("base:1", environment);
        // then
        assertThat(decision).isEqualTo(new Kept(List.of("/opt/tracer.so")));
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        // given
        var environment = List.of("LD_PRELOAD=/opt/a=b.so");
        // when
        var decision = BasePreload.decide("base:1", environment);
        // then
        assertThat(decision).isEqualTo(new Kept(List.of("/opt/a=b.so")));
    }

    @Test
    void theLoadersFileNamesOneLibraryALine() {
        // given
        var kept = new Kept(List.of("/b.so", "/a.so"));
        // when
        var text = kept.fileText();
        // then
        assertThat(text).isEqualTo("/b.so\n/a.so\n");
    }
}
