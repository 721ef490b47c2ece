package dev.brr.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GOOD = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void aHeaderNamesTheTrace() {
        // then
        assertThat(TraceParent.of(List.of(GOOD))).contains(new TraceParent(GOOD, TRACE, true));
    }

    @ParameterizedTest
    @CsvSource({"00,false", "01,true", "02,false", "03,true", "fe,false", "ff,true"})
    void theLastBitSaysWhetherItIsSampled(String flags, boolean sampled) {
        // then
        assertThat(TraceParent.of(List.of(GOOD.substring(0, 53) + flags))
                        .orElseThrow()
                        .sampled())
                .isEqualTo(sampled);
    }

    @Test
    void aLaterVersionMayGoOn() {
        // given
        String later = "cc" + GOOD.substring(2);

        // then
        assertThat(TraceParent.of(List.of(later + "-what-the-future-brings"))
                        .orElseThrow()
                        .text())
                .isEqualTo(later);
        assertThat(TraceParent.of(List.of(later))).isPresent();
        assertThat(TraceParent.of(List.of(later + "."))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0z",
            })
    void whatIsNotWellFormedIsNone(String value) {
        // then
        assertThat(TraceParent.of(List.of(value))).isEmpty();
    }

    @Test
    void severalAreNone() {
        // then
        assertThat(TraceParent.of(List.of())).isEmpty();
        assertThat(TraceParent.of(List.of(GOOD, GOOD))).isEmpty();
    }

    @Property(tries = 500)
    void anyTextIsReadAndWhatIsReadIsFitToBeSentOn(@ForAll String value) {
        // then
        assertThat(TraceParent.of(List.of(value)).map(TraceParent::text).orElse(GOOD))
                .matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }
}
