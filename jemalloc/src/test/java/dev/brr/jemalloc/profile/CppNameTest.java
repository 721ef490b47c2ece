package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CppNameTest {

    @ParameterizedTest
    @CsvSource({
        "malloc,                                malloc",
        "_ZN2os6mallocEm8MEMFLAGS,              os::malloc",
        "_ZNK5Klass4nameEv,                     Klass::name",
        "_Z12Unsafe_AllocP7JNIEnv_,             Unsafe_Alloc",
        "_ZL19thread_native_entryP6Thread,      thread_native_entry",
        "_ZN7CompileC1EP5ciEnv,                 Compile::Compile",
        "_ZN9Metaspace5ArenaD2Ev,               Metaspace::Arena::~Arena",
        "_ZN7CompileC4Ev,                       _ZN7CompileC4Ev",
        "_ZN7CompileC1,                         _ZN7CompileC1",
        "_ZL,                                   _ZL",
        "_ZN2os,                                _ZN2os",
        "_ZN99tooShortE,                        _ZN99tooShortE",
        "_ZN13GrowableArrayIP5KlassE4growEi,    _ZN13GrowableArrayIP5KlassE4growEi",
        "_Z,                                    _Z",
        "_ZdlPv,                                _ZdlPv",
    })
    void plainNamesAreReadable(String symbol, String readable) {
        // when
        String name = CppName.readable(symbol);
        // then
        assertThat(name).isEqualTo(readable);
    }

    @Property
    void anySymbolHasAName(@ForAll String symbol) {
        // when
        String name = CppName.readable("_Z" + symbol);
        // then
        assertThat(name).isNotNull();
    }
}
