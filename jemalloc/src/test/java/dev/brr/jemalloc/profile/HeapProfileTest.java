package dev.brr.jemalloc.profile;

import static dev.brr.jemalloc.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapProfileTest {

    @Test
    void theLargestStackComesFirst() {
        // given
        // when
        var profile = Profiles.of(stack("", 10, "a.B.c"), stack("", 30, "a.B.d"), stack("", 20, "a.B.e"));
        // then
        assertThat(profile.stacks()).extracting(HeapProfile.Stack::bytes).containsExactly(30L, 20L, 10L);
        assertThat(profile.bytes()).isEqualTo(60);
    }

    @Test
    void sharesAreSummedByWhatTheyAreGroupedUnder() {
        // given
        var profile = Profiles.of(
                stack("getPet", 5_000, "a.B.c"), stack("addPet", 9_000, "a.B.c"), stack("getPet", 6_000, "a.B.d"));
        // when
        var shares = profile.by(HeapProfile.Stack::operation);
        // then
        assertThat(shares)
                .containsExactly(
                        new HeapProfile.Share("getPet", 11_000, 11), new HeapProfile.Share("addPet", 9_000, 9));
    }

    @Test
    void aDifferenceHasWhatGrewAndWhatWasFreedAndNothingElse() {
        // given
        var earlier = Profiles.of(stack("", 1_000, "a.A.x"), stack("", 2_000, "b.B.y"), stack("", 3_000, "c.C.z"));
        var later = Profiles.of(stack("", 1_000, "a.A.x"), stack("", 7_000, "b.B.y"), stack("op", 500, "d.D.w"));
        // when
        var difference = later.since(earlier);
        // then
        assertThat(difference.by(stack -> stack.frames().getFirst().name()))
                .containsExactly(
                        new HeapProfile.Share("b.B.y", 5_000, 5),
                        new HeapProfile.Share("c.C.z", -3_000, -3),
                        new HeapProfile.Share("d.D.w", 500, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "1, 2"})
    void whatWasForgottenIsNotTakenForFreed(long resets, long resetsOfTheOther) {
        // given
        var earlier = new HeapProfile(Profiles.TAKEN, 4096, resets, List.of(stack("", 1_000, "a.A.x")));
        var later = new HeapProfile(Profiles.TAKEN.plusSeconds(9), 4096, resetsOfTheOther, List.of());
        // when
        Throwable refused = catchThrowable(() -> later.since(earlier));
        // then
        assertThat(later.isComparableTo(earlier)).isFalse();
        assertThat(refused)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all samples were forgotten between the profiles of 2026-01-02T03:04:05.000000006Z and"
                        + " 2026-01-02T03:04:14.000000006Z");
    }

    @Test
    void aDifferenceIsOfTheSamplesOfBoth() {
        // given
        var earlier = new HeapProfile(Profiles.TAKEN, 4096, 3, List.of(stack("", 1_000, "a.A.x")));
        var later = new HeapProfile(Profiles.TAKEN.plusSeconds(9), 4096, 3, List.of(stack("", 3_000, "a.A.x")));
        // when
        var difference = later.since(earlier);
        // then
        assertThat(difference)
                .isEqualTo(new HeapProfile(Profiles.TAKEN.plusSeconds(9), 4096, 3, List.of(stack("", 2_000, "a.A.x"))));
    }

    @Property
    void aProfileDoesNotDifferFromItself(@ForAll @Size(max = 20) List<@LongRange(min = 1, max = 1L << 40) Long> bytes) {
        // given
        var profile = Profiles.of(
                bytes.stream().map(each -> stack("", each, "a.B.m" + each)).toArray(HeapProfile.Stack[]::new));
        // when
        var difference = profile.since(profile);
        // then
        assertThat(difference.stacks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.nio.DirectByteBuffer.<init> java.nio.ByteBuffer.allocateDirect a.B.c               | DIRECT_BUFFER",
                "os::malloc jdk.internal.misc.Unsafe.allocateMemory java.nio.DirectByteBuffer.<init> a.B.c | DIRECT_BUFFER",
                "jdk.internal.misc.Unsafe.allocateMemory sun.misc.Unsafe.allocateMemory a.B.c            | UNSAFE",
                "jdk.internal.misc.Unsafe.allocateMemory jdk.internal.foreign.ArenaImpl.allocate a.B.c   | ARENA",
                "deflateInit2_ java.util.zip.Deflater.init java.util.zip.Deflater.<init> a.B.c           | ZLIB",
                "com.sun.jna.Native.malloc com.sun.jna.Memory.<init> a.B.c                               | JNA",
                "rocksdb_open org.rocksdb.RocksDB.open a.B.c                                             | NATIVE_METHOD",
                "os::malloc a.B.c                                                                        | JVM",
                "os::malloc                                                                              | JVM",
                "a.B.c java.util.zip.Deflater.init                                                       | NATIVE_METHOD",
            })
    void aStackIsOfTheClassThatAskedForTheMemory(String frames, AllocationClass expected) {
        // given
        var stack = stack("", 1, frames.strip().split(" "));
        // when
        var found = AllocationClass.of(stack);
        // then
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void wordsOfTheHookBecomeMethodsLinesAndOperations() {
        // given
        var methods = new Methods(
                Map.of(0x42L, "Ldev/shop/Cart;\tadd\tCart.java", 0x43L, "Ldev/shop/Main;\tmain\t"),
                Map.of(3L, "addToCart"));
        var names = new FrameNames(new NativeNames(List.of()), methods);
        // when
        var named = names.name(
                new long[] {0x99, 17L << 48 | 0x42, 0xFFFFL << 48 | 0x43, 1L << 48 | 0x44, 0xFFFEL << 48 | 3});
        // then
        assertThat(named.operation()).isEqualTo("addToCart");
        assertThat(named.frames())
                .containsExactly(
                        new StackFrame("[unknown]", "", 0, StackFrame.Kind.NATIVE),
                        new StackFrame("dev.shop.Cart.add", "Cart.java", 116, StackFrame.Kind.JAVA),
                        new StackFrame("dev.shop.Main.main", "", 0, StackFrame.Kind.JAVA),
                        new StackFrame("[unloaded class]", "", 0, StackFrame.Kind.JAVA));
    }

    @Test
    void framesOfTheAllocatorItselfAreLeftOut() {
        // given
        var natives = new NativeNames(List.of(
                "1000-2000 r-xp 00000000 08:01 42 /usr/lib/libjemalloc.so.2",
                "3000-4000 r-xp 00000000 00:00 0 /tmp/brr123/libbrrprof.so (deleted)",
                "5000-6000 r-xp 00000000 08:01 42 /usr/lib/libshop.so"));
        var names = new FrameNames(natives, new Methods(Map.of(), Map.of()));
        // when
        var named = names.name(new long[] {0x1100, 0x3100, 0x1200, 0x1300, 0x5100, 0x1400});
        // then
        assertThat(named.frames()).extracting(StackFrame::name).containsExactly("[libshop.so]", "[libjemalloc.so.2]");
    }

    @Test
    void aStackOfTheAllocatorAloneKeepsItsOutermostFrame() {
        // given
        var natives = new NativeNames(List.of("1000-2000 r-xp 00000000 08:01 42 /usr/lib/libjemalloc.so.2"));
        var names = new FrameNames(natives, new Methods(Map.of(), Map.of()));
        // when
        var named = names.name(new long[] {0x1100, 0x1200});
        // then
        assertThat(named.frames()).extracting(StackFrame::name).containsExactly("[libjemalloc.so.2]");
        assertThat(names.name(new long[0]).frames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ldev/shop/Cart$$Lambda.0x00007f1c26441c00;,              dev.shop.Cart$$Lambda.run",
        "Ljava/lang/invoke/LambdaForm$MH.0x0000000026475800;,     java.lang.invoke.LambdaForm$MH.run",
        "Ldev/shop/Cart$Line;,                                    dev.shop.Cart$Line.run",
        "Ldev/shop/Cart.0xyz;,                                    dev.shop.Cart.0xyz.run",
    })
    void aHiddenClassHasTheSameNameInEveryProcess(String signature, String name) {
        // given
        var names =
                new FrameNames(new NativeNames(List.of()), new Methods(Map.of(0x42L, signature + "\trun\t"), Map.of()));
        // when
        var named = names.name(new long[] {1L << 48 | 0x42});
        // then
        assertThat(named.frames()).extracting(StackFrame::name).containsExactly(name);
    }

    @Test
    void aDumpBecomesEstimatesByStack() {
        // given
        var samples = HeapV2ReaderTest.samples("""
                heap_v2/65536
                  t*: 2: 131072 [0: 0]
                @ 0x1000000000042 0xfffe000000000003
                  t*: 1: 65536 [0: 0]
                @ 0x1000000000042 0xfffe000000000003
                  t*: 1: 65536 [0: 0]

                MAPPED_LIBRARIES:
                """);
        var methods = new Methods(Map.of(0x42L, "Ldev/shop/Cart;\tadd\tCart.java"), Map.of(3L, "addToCart"));
        // when
        var profile = HeapProfile.of(samples, new FrameNames(new NativeNames(List.of()), methods), Profiles.TAKEN, 0);
        // then
        assertThat(profile.stacks()).hasSize(1);
        assertThat(profile.bytes()).isEqualTo(2 * 103_676);
        assertThat(profile.stacks().getFirst().operation()).isEqualTo("addToCart");
    }

    /** Lines are the bytecode index and a hundred. */
    private record Methods(Map<Long, String> described, Map<Long, String> operations) implements FrameNames.Methods {
        @Override
        public Optional<String> describe(long method) {
            return Optional.ofNullable(described.get(method));
        }

        @Override
        public int line(long method, int bytecodeIndex) {
            return 100 + bytecodeIndex;
        }

        @Override
        public Optional<String> operation(long number) {
            return Optional.ofNullable(operations.get(number));
        }
    }
}
