package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.ControlType;
import dev.brr.jemalloc.conf.MallocOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlValuesTest {

    @Test
    void everyOptionThatIsReadAsATextIsOne() {
        assertThat(MallocOption.all())
                .filteredOn(option -> option.control() == ControlType.STRING)
                .hasSizeGreaterThan(5)
                .allMatch(option ->
                        ControlValues.textRefused("opt." + option.name()).isEmpty());
    }

    @Test
    void everyOptionThatIsNoTextIsReadAsNone() {
        assertThat(MallocOption.all())
                .filteredOn(option -> option.control() != null && option.control() != ControlType.STRING)
                .hasSizeGreaterThan(30)
                .allMatch(option ->
                        ControlValues.textRefused("opt." + option.name()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "config.malloc_conf",
                "prof.dump",
                "prof.prefix",
                "thread.prof.name",
                "arena.0.dss",
                "arena.4096.dss",
                "stats.arenas.12.dss",
                "opt.malloc_conf.env_var"
            })
    void otherTextsAreKnown(String name) {
        assertThat(ControlValues.textRefused(name)).isEmpty();
        assertThat(ControlValues.numberRefused(name, ControlType.SIZE, 1)).contains("it holds a text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "epoch",
                "stats.allocated",
                "arena.0.dss.x",
                "arena.x.dss",
                "versions",
                "opt.narenas",
                "thread.allocatedp",
                "prof.dump2"
            })
    void whatIsNoTextIsNotReadAsOne(String name) {
        assertThat(ControlValues.textRefused(name)).contains("it holds no text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arena.0.extent_hooks",
                "arenas.create",
                "experimental.hooks.prof_backtrace",
                "experimental.hooks.prof_dump",
                "thread.allocatedp",
                "thread.deallocatedp"
            })
    void addressesAreNoNumbers(String name) {
        assertThat(ControlValues.numberRefused(name, ControlType.SIZE, 0)).contains("it holds an address");
    }

    @ParameterizedTest
    @CsvSource({
        "thread.arena,            UNSIGNED, 0,           true",
        "thread.arena,            UNSIGNED, 4294967295,  true",
        "thread.arena,            UNSIGNED, 4294967296,  false",
        "thread.arena,            UNSIGNED, -1,          false",
        "max_background_threads,  SIZE,     1,           true",
        "max_background_threads,  SIZE,     0,           false",
        "prof.reset,              SIZE,     0,           true",
        "prof.reset,              SIZE,     63,          true",
        "prof.reset,              SIZE,     64,          false",
        "prof.reset,              SIZE,     -1,          false",
        "arenas.dirty_decay_ms,   SSIZE,    -1,          true",
        "epoch,                   UINT64,   -1,          true",
        "background_thread,       BOOL,     0,           true",
    })
    void aNumberIsRefusedWhereJemallocWouldTakeAnother(String name, ControlType type, long value, boolean taken) {
        assertThat(ControlValues.numberRefused(name, type, value).isEmpty()).isEqualTo(taken);
    }
}
