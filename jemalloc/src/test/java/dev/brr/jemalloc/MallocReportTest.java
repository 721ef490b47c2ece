package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MallocReportTest {

    private static final Map<String, String> EFFECTIVE = Map.of("narenas", "2");

    @Test
    void aLoadedOneHasNoReason() {
        // given
        MallocReport report = new MallocReport(true, null, null, "5.3.0", "narenas:2", EFFECTIVE, 3, true);

        // then
        assertThat(report.toMap())
                .containsExactly(
                        Map.entry("loaded", true),
                        Map.entry("version", "5.3.0"),
                        Map.entry("requested", "narenas:2"),
                        Map.entry("effective", EFFECTIVE),
                        Map.entry("narenas", 3L),
                        Map.entry("backgroundThread", true));
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentOneHasNothingButItsReasonAndTheRequest(Absence reason) {
        // given
        Jemalloc absent = new Jemalloc.Absent(reason, "because");

        // when
        Map<String, Object> report = MallocReport.of(absent, "narenas:2").toMap();

        // then
        assertThat(report)
                .containsExactly(
                        Map.entry("loaded", false),
                        Map.entry("reason", reason.tag()),
                        Map.entry("explanation", "because"),
                        Map.entry("requested", "narenas:2"),
                        Map.entry("effective", Map.of()),
                        Map.entry("narenas", 0L),
                        Map.entry("backgroundThread", false));
    }

    @Test
    void theReportOfThisProcessIsOfItsEnvironment() {
        // given
        String environment = System.getenv("MALLOC_CONF");

        // when
        MallocReport report = MallocReport.of(Jemalloc.probe());

        // then
        assertThat(report.loaded()).isFalse();
        assertThat(report.reason()).isEqualTo("not_preloaded");
        assertThat(report.requested()).isEqualTo(environment == null ? "" : environment);
    }

    @Test
    void theOptionsKeepTheirOrderAndCannotBeChanged() {
        // given
        Map<String, String> options = new LinkedHashMap<>();
        options.put("zero", "false");
        options.put("abort", "false");
        MallocReport report = new MallocReport(true, null, null, "5.3.0", "", options, 1, false);

        // when
        options.put("narenas", "1");

        // then
        assertThat(report.effective().keySet()).containsExactly("zero", "abort");
        assertThatThrownBy(() -> report.effective().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
