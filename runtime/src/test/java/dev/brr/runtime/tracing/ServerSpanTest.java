package dev.brr.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.logging.TraceParent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSpanTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({"00,00-,false", "01,00-,true", "03,00-,true", "02,00-,false", "01,cc-,true"})
    void aSpanContinuesTheTraceOfItsCallerAndHeedsItsDecision(String flags, String version, boolean sampled) {
        // given
        Optional<TraceParent> caller = TraceParent.of(List.of(version + TRACE + "-" + CALLER + "-" + flags));

        // when
        ServerSpan span = ServerSpan.begin(caller);

        // then
        assertThat(span.traceId()).isEqualTo(TRACE);
        assertThat(span.parentId()).isEqualTo(CALLER);
        assertThat(span.sampled()).isEqualTo(sampled);
        assertThat(span.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(CALLER);
    }

    @Test
    void withoutACallerATraceBegins() {
        // when
        ServerSpan span = ServerSpan.begin(Optional.empty());

        // then
        assertThat(span.traceId()).matches("[0-9a-f]{32}");
        assertThat(span.parentId()).isEmpty();
        assertThat(span.sampled()).isTrue();
    }

    @RepeatedTest(20)
    void whatIsSentOnIsAWellFormedHeaderOfThisSpan() {
        // given
        ServerSpan span = ServerSpan.begin(Optional.empty());

        // when
        TraceParent read = TraceParent.of(List.of(span.traceParent())).orElseThrow();

        // then
        assertThat(read.traceId()).isEqualTo(span.traceId());
        assertThat(read.spanId()).isEqualTo(span.spanId());
        assertThat(read.sampled()).isTrue();
    }

    @Test
    void noTwoSpansAreAlike() {
        // given
        Set<String> ids = new HashSet<>();

        // when
        for (int i = 0; i < 1000; i++) {
            ids.add(ServerSpan.begin(Optional.empty()).spanId());
        }

        // then
        assertThat(ids).hasSize(1000);
    }
}
