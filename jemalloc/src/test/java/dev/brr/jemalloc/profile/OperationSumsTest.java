package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Adds bytes to operations whose numbers come in any order, and asks for their sums. */
class OperationSumsTest {

    record Added(int operation, long nativeBytes, long javaBytes) {}

    @Property(tries = 200)
    void eachOperationHasTheSumOfWhatWasAdded(@ForAll("additions") List<Added> additions) {
        // given
        OperationSums sums = new OperationSums();
        Map<Integer, Long> nativeBytes = new HashMap<>();
        Map<Integer, Long> javaBytes = new HashMap<>();
        // when
        for (Added added : additions) {
            sums.add(added.operation(), added.nativeBytes(), added.javaBytes());
            nativeBytes.merge(added.operation(), added.nativeBytes(), Long::sum);
            javaBytes.merge(added.operation(), added.javaBytes(), Long::sum);
        }
        // then
        assertThat(nativeBytes)
                .allSatisfy((operation, bytes) ->
                        assertThat(sums.nativeBytes(operation)).isEqualTo(bytes));
        assertThat(javaBytes)
                .allSatisfy((operation, bytes) ->
                        assertThat(sums.javaBytes(operation)).isEqualTo(bytes));
    }

    @Property(tries = 100)
    void sumsOfTwoAreAddedOperationByOperation(
            @ForAll("additions") List<Added> ofOne, @ForAll("additions") List<Added> ofOther) {
        // given
        OperationSums one = sums(ofOne);
        OperationSums other = sums(ofOther);
        OperationSums both = sums(ofOne);
        // when
        both.addAll(other);
        // then
        assertThat(List.of(0, 1, 31, 32, 63, 64, 65, 1000, OperationSums.LAST_OPERATION))
                .allSatisfy(operation -> {
                    assertThat(both.nativeBytes(operation))
                            .isEqualTo(one.nativeBytes(operation) + other.nativeBytes(operation));
                    assertThat(both.javaBytes(operation))
                            .isEqualTo(one.javaBytes(operation) + other.javaBytes(operation));
                });
    }

    @Test
    void anOperationThatNothingWasAddedToHasNone() {
        // given
        OperationSums sums = new OperationSums();
        // when
        sums.add(3, 5, 7);
        // then
        assertThat(List.of(0, 2, 4, 63, 64, 5000, Integer.MAX_VALUE / 2))
                .allSatisfy(operation -> assertThat(sums.nativeBytes(operation) + sums.javaBytes(operation))
                        .isZero());
    }

    @Test
    void anOperationBeyondTheLastIsNotCounted() {
        // given
        OperationSums sums = new OperationSums();
        // when
        sums.add(OperationSums.LAST_OPERATION + 1, 5, 7);
        sums.add(Integer.MAX_VALUE, 5, 7);
        // then
        assertThat(sums.nativeBytes(OperationSums.LAST_OPERATION + 1)).isZero();
    }

    private static OperationSums sums(List<Added> additions) {
        OperationSums sums = new OperationSums();
        additions.forEach(added -> sums.add(added.operation(), added.nativeBytes(), added.javaBytes()));
        return sums;
    }

    @Provide
    Arbitrary<List<Added>> additions() {
        Arbitrary<Integer> operations =
                Arbitraries.of(1, 2, 31, 32, 63, 64, 65, 127, 128, 1000, OperationSums.LAST_OPERATION);
        Arbitrary<Long> bytes = Arbitraries.longs().between(0, 1L << 40);
        return Combinators.combine(operations, bytes, bytes)
                .as(Added::new)
                .list()
                .ofMaxSize(40);
    }
}
