package dev.brr.operator.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TuningVerdictTest {

    private static final MallocConf REQUESTED =
            MallocConf.empty().with("abort_conf", "true").with("narenas", "2").with("dirty_decay_ms", "5000");
    private static final PodReading TUNED = new PodReading.Loaded(
            Map.of("abort_conf", "true", "narenas", "2", "dirty_decay_ms", "5000", "thp", "default"), null);
    private static final PodReading FOUR_ARENAS =
            new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "4", "dirty_decay_ms", "5000"), null);
    private static final PodReading WITHOUT = new PodReading.Absent("LD_PRELOAD is not set");
    private static final PodReading SILENT = new PodReading.Unread("/malloc answered 503");

    @ParameterizedTest(name = "{0}")
    @MethodSource("verdicts")
    void judges(String pods, Map<String, Optional<PodReading>> readings, Status status, Reason reason, String message) {
        // given
        // when
        var finding = TuningVerdict.judge(REQUESTED, readings);
        // then
        assertThat(finding).isEqualTo(new Finding(ConditionType.TuningApplied, status, reason, message));
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
                Arguments.of("none", Map.of(), Status.Unknown, Reason.TuningUnread, "no pod is ready yet"),
                Arguments.of(
                        "one tuned",
                        Map.of("a", Optional.of(TUNED)),
                        Status.True,
                        Reason.TuningConfirmed,
                        "1 of 1 ready pods report abort_conf:true,narenas:2,dirty_decay_ms:5000"),
                Arguments.of(
                        "two tuned",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(TUNED)),
                        Status.True,
                        Reason.TuningConfirmed,
                        "2 of 2 ready pods report abort_conf:true,narenas:2,dirty_decay_ms:5000"),
                Arguments.of(
                        "one not asked yet",
                        Map.of("a", Optional.empty()),
                        Status.Unknown,
                        Reason.TuningUnread,
                        "a: not asked yet"),
                Arguments.of(
                        "one silent",
                        Map.of("a", Optional.of(SILENT)),
                        Status.Unknown,
                        Reason.TuningUnread,
                        "a: /malloc answered 503"),
                Arguments.of(
                        "one tuned, one silent",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(SILENT)),
                        Status.Unknown,
                        Reason.TuningUnread,
                        "b: /malloc answered 503"),
                Arguments.of(
                        "two silent, by name",
                        Map.of("b", Optional.of(SILENT), "a", Optional.empty()),
                        Status.Unknown,
                        Reason.TuningUnread,
                        "a: not asked yet | b: /malloc answered 503"),
                Arguments.of(
                        "one with other options",
                        Map.of("a", Optional.of(FOUR_ARENAS)),
                        Status.False,
                        Reason.TuningIgnored,
                        "a: narenas is 4, not 2"),
                Arguments.of(
                        "one without jemalloc",
                        Map.of("a", Optional.of(WITHOUT)),
                        Status.False,
                        Reason.TuningIgnored,
                        "a runs without jemalloc: LD_PRELOAD is not set"),
                Arguments.of(
                        "wrong weighs more than silent",
                        Map.of("a", Optional.of(SILENT), "b", Optional.of(FOUR_ARENAS)),
                        Status.False,
                        Reason.TuningIgnored,
                        "b: narenas is 4, not 2"),
                Arguments.of(
                        "wrong weighs more than tuned",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(WITHOUT)),
                        Status.False,
                        Reason.TuningIgnored,
                        "b runs without jemalloc: LD_PRELOAD is not set"),
                Arguments.of(
                        "all that is wrong, by name",
                        Map.of("b", Optional.of(WITHOUT), "a", Optional.of(FOUR_ARENAS)),
                        Status.False,
                        Reason.TuningIgnored,
                        "a: narenas is 4, not 2 | b runs without jemalloc: LD_PRELOAD is not set"));
    }

    @Test
    void everyDifferenceOfAPodIsNamed() {
        // given
        var reading = new PodReading.Loaded(Map.of("abort_conf", "false", "narenas", "256"), null);
        // when
        var finding = TuningVerdict.judge(REQUESTED, Map.of("a", Optional.of(reading)));
        // then
        assertThat(finding.message())
                .isEqualTo("a: abort_conf is false, not true; narenas is 256, not 2;"
                        + " dirty_decay_ms is not reported, asked for 5000");
    }

    @Test
    void aValueThatJemallocWritesDifferentlyIsNoDifference() {
        // given
        var requested = MallocConf.empty().with("lg_tcache_max", "12");
        var reading = new PodReading.Loaded(Map.of("tcache_max", "4096"), null);
        // when
        var finding = TuningVerdict.judge(requested, Map.of("a", Optional.of(reading)));
        // then
        assertThat(finding.status()).isEqualTo(Status.True);
    }

    @Property
    void holdsExactlyWhereThereArePodsAndAllAreTuned(
            @ForAll @From("readings") Map<String, Optional<PodReading>> readings) {
        // given
        var allTuned = readings.values().stream().allMatch(Optional.of(TUNED)::equals);
        // when
        var finding = TuningVerdict.judge(REQUESTED, readings);
        // then
        assertThat(finding.isTrue()).isEqualTo(!readings.isEmpty() && allTuned);
    }

    @Property
    void failsExactlyWhereOnePodIsKnownToBeWrong(@ForAll @From("readings") Map<String, Optional<PodReading>> readings) {
        // given
        var wrong = readings.containsValue(Optional.of(WITHOUT)) || readings.containsValue(Optional.of(FOUR_ARENAS));
        // when
        var finding = TuningVerdict.judge(REQUESTED, readings);
        // then
        assertThat(finding.status() == Status.False).isEqualTo(wrong);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("effectives")
    void reportsWhatAllPodsAgreeOn(
            String pods, Map<String, Optional<PodReading>> readings, Optional<String> effective) {
        // given
        // when
        var reported = TuningVerdict.effective(REQUESTED, readings);
        // then
        assertThat(reported).isEqualTo(effective);
    }

    static Stream<Arguments> effectives() {
        return Stream.of(
                Arguments.of("none", Map.of(), Optional.empty()),
                Arguments.of(
                        "one tuned, in the order of the request and without what was not asked for",
                        Map.of("a", Optional.of(TUNED)),
                        Optional.of("abort_conf:true,narenas:2,dirty_decay_ms:5000")),
                Arguments.of(
                        "one with other options",
                        Map.of("a", Optional.of(FOUR_ARENAS)),
                        Optional.of("abort_conf:true,narenas:4,dirty_decay_ms:5000")),
                Arguments.of(
                        "two alike",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(TUNED)),
                        Optional.of("abort_conf:true,narenas:2,dirty_decay_ms:5000")),
                Arguments.of(
                        "two that differ",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(FOUR_ARENAS)),
                        Optional.empty()),
                Arguments.of(
                        "one tuned, one silent",
                        Map.of("a", Optional.of(TUNED), "b", Optional.of(SILENT)),
                        Optional.empty()),
                Arguments.of(
                        "one tuned, one not asked",
                        Map.of("a", Optional.of(TUNED), "b", Optional.empty()),
                        Optional.empty()),
                Arguments.of("one without jemalloc", Map.of("a", Optional.of(WITHOUT)), Optional.empty()),
                Arguments.of(
                        "one that does not report an option",
                        Map.of("a", Optional.of(new PodReading.Loaded(Map.of("narenas", "2"), null))),
                        Optional.of("narenas:2")));
    }

    @Test
    void aReadingDoesNotChangeWithTheMapItWasMadeOf() {
        // given
        var options = new HashMap<>(Map.of("narenas", "2"));
        var reading = new PodReading.Loaded(options, null);
        // when
        options.put("narenas", "256");
        // then
        assertThat(reading.effective()).containsEntry("narenas", "2");
    }

    @Provide
    Arbitrary<Map<String, Optional<PodReading>>> readings() {
        Arbitrary<Optional<PodReading>> reading = Arbitraries.of(
                Optional.empty(),
                Optional.of(SILENT),
                Optional.of(WITHOUT),
                Optional.of(FOUR_ARENAS),
                Optional.of(TUNED));
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), reading);
    }
}
