package dev.brr.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.logging.TraceParent;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {
    private static Optional<TraceParent> caller(String traceId, boolean sampled) {
        return TraceParent.of(List.of("00-" + traceId + "-00f067aa0ba902b7-" + (sampled ? "01" : "00")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, true, true",
        "0, true, false, false",
        "1, true, false, false",
        "1, true, true, true",
        "0, false, true, false",
        "1, false, false, true",
    })
    void theCallerDecidesWhereItIsAsked(double ratio, boolean callerDecides, boolean callers, boolean sampled) {
        // given
        Optional<TraceParent> caller = caller("4bf92f3577b34da6a3ce929d0e0e4736", callers);

        // when
        ServerSpan span = ServerSpan.begin(caller, List.of(), new Sampler(ratio, callerDecides));

        // then
        assertThat(span.sampled()).isEqualTo(sampled);
        assertThat(span.traceParent()).endsWith(sampled ? "-01" : "-00");
    }

    @ParameterizedTest
    @CsvSource({
        // the first half of the trace's number does not count, nor does the first bit of the second
        "ffffffffffffffff0000000000000001, 0.01, true",
        "00000000000000007fffffffffffffff, 0.99, false",
        "0000000000000001ffffffffffffffff, 0.99, false",
        "00000000000000003fffffffffffffff, 0.5, true",
        "0000000000000000c000000000000000, 0.5, false",
        "0000000000000000c000000000000000, 0.51, true",
        "00000000000000007fffffffffffffff, 1, true",
        "ffffffffffffffff8000000000000000, 0, false",
    })
    void aRatioIsOfTheTracesOwnNumbers(String traceId, double ratio, boolean sampled) {
        // given
        Sampler sampler = new Sampler(ratio, false);

        // then
        assertThat(sampler.samples(Optional.empty(), traceId)).isEqualTo(sampled);
        assertThat(sampler.samples(caller(traceId, !sampled), traceId)).isEqualTo(sampled);
    }

    /** So that no span of a sampled trace is missed where a service tells of more than the one that called it. */
    @Property(tries = 300)
    void whatALowerRatioTakesAHigherOneTakes(
            @ForAll long low,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        // given
        String traceId = "4bf92f3577b34da6%016x".formatted(low);
        Sampler less = new Sampler(Math.min(one, other), false);
        Sampler more = new Sampler(Math.max(one, other), false);

        // then
        assertThat(more.samples(Optional.empty(), traceId) || !less.samples(Optional.empty(), traceId))
                .isTrue();
    }

    @Test
    void ofTracesThatBeginHereNoneOrAllLeaveNothingToChance() {
        // given
        for (int i = 0; i < 200; i++) {
            // then
            assertThat(ServerSpan.begin(Optional.empty(), List.of(), Sampler.ofPercent(0))
                            .sampled())
                    .isFalse();
            assertThat(ServerSpan.begin(Optional.empty(), List.of(), Sampler.ofPercent(100))
                            .sampled())
                    .isTrue();
        }
    }

    @Test
    void aTraceThatBeginsHereIsSampledByItsOwnNumber() {
        // given
        Sampler sampler = Sampler.ofPercent(30);
        for (int i = 0; i < 200; i++) {
            // when
            ServerSpan span = ServerSpan.begin(Optional.empty(), List.of(), sampler);

            // then
            assertThat(span.sampled()).isEqualTo(sampler.samples(Optional.empty(), span.traceId()));
        }
    }
}
