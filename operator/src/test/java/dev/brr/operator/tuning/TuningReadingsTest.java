package dev.brr.operator.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.MemoryMeasure;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.tuning.PodReading.Loaded;
import dev.brr.operator.tuning.PodReading.Unread;
import dev.brr.operator.tuning.TuningReadings.Start;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningReadingsTest {

    private static final Start FIRST_START = new Start("uid-1", 0);
    private static final String TWO_ARENAS = "{\"loaded\": true, \"effective\": {\"narenas\": \"2\"}}";
    private static final String FOUR_ARENAS = "{\"loaded\": true, \"effective\": {\"narenas\": \"4\"}}";

    private static final String HUNGRY = "{\"loaded\": true, \"effective\": {\"narenas\": \"2\"},"
            + " \"hungriestOperation\": {\"operationId\": \"addPet\", \"measure\": \"inUse\", \"bytes\": 67108864}}";

    private final MallocEndpoint pod = new MallocEndpoint().answers(200, TWO_ARENAS);
    private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    private final TuningReadings readings = new TuningReadings(new PodMallocReader(), clock);
    private final AtomicInteger answers = new AtomicInteger();

    @AfterEach
    void stop() {
        readings.close();
        pod.close();
    }

    @Test
    void doesNotWaitForThePod() {
        // given
        pod.holdsBack();
        // when
        var reading = of(FIRST_START);
        // then
        assertThat(reading).isEmpty();
    }

    @Test
    void callsBackAndKnowsTheReadingThen() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        // when
        var reading = of(FIRST_START);
        // then
        assertThat(reading).contains(new Loaded(Map.of("narenas", "2"), null));
    }

    @Test
    void aPodIsAskedOnceForOneStartOfItsContainer() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        pod.answers(200, FOUR_ARENAS);
        // when
        var reading = of(FIRST_START);
        // then
        assertThat(reading).contains(new Loaded(Map.of("narenas", "2"), null));
        assertThat(pod.requests()).hasSize(1);
    }

    @Test
    void aPodThatIsBeingAskedIsNotAskedASecondTime() {
        // given
        var gate = pod.holdsBack();
        of(FIRST_START);
        of(FIRST_START);
        of(FIRST_START);
        // when
        gate.countDown();
        awaitAnswers(1);
        // then
        assertThat(pod.requests()).hasSize(1);
        assertThat(answers).hasValue(1);
    }

    @Test
    void aRestartedContainerIsAskedAgain() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        pod.answers(200, FOUR_ARENAS);
        // when
        of(new Start("uid-1", 1));
        awaitAnswers(2);
        // then
        assertThat(of(new Start("uid-1", 1))).contains(new Loaded(Map.of("narenas", "4"), null));
    }

    @Test
    void aProcessWithoutJemallocIsNotAskedAgain() {
        // given
        pod.answers(200, "{\"loaded\": false, \"explanation\": \"LD_PRELOAD is not set\"}");
        of(FIRST_START);
        awaitAnswers(1);
        // when
        var reading = of(FIRST_START);
        // then
        assertThat(reading).contains(new PodReading.Absent("LD_PRELOAD is not set"));
        assertThat(pod.requests()).hasSize(1);
    }

    @Test
    void anUnreadPodIsAskedAgainAndItsProblemKnownMeanwhile() {
        // given
        pod.answers(503, "starting");
        of(FIRST_START);
        awaitAnswers(1);
        // when
        var gate = pod.holdsBack();
        var reading = await().until(() -> of(FIRST_START), Optional::isPresent);
        awaitRequests(2);
        gate.countDown();
        // then
        assertThat(reading).contains(new Unread("/malloc answered 503"));
    }

    @Test
    void aPodThatAnswersAfterItDidNotIsTold() {
        // given
        pod.answers(503, "starting");
        of(FIRST_START);
        awaitAnswers(1);
        pod.answers(200, TWO_ARENAS);
        // when
        await().until(() -> of(FIRST_START), Optional.of(new Loaded(Map.of("narenas", "2"), null))::equals);
        // then
        awaitAnswers(2);
    }

    @Test
    void aPodThatStaysUnreadWakesNobodyTwice() {
        // given
        pod.answers(503, "starting");
        of(FIRST_START);
        awaitAnswers(1);
        // when
        await().until(() -> {
            of(FIRST_START);
            return pod.requests().size() >= 4;
        });
        // then
        assertThat(answers).hasValue(1);
    }

    @Test
    void aPodIsNotAskedAgainBeforeAMinuteHasPassed() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        // when
        clock.pass(Duration.ofSeconds(59));
        of(FIRST_START);
        // then
        assertThat(readings.goodFor(FIRST_START)).contains(Duration.ofSeconds(1));
        assertThat(pod.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "90, 90", "300, 300", "599, 599", "600, 600", "601, 600", "86400, 600"})
    void theOlderAProcessTheLongerItsAnswerIsGoodForUpToTenMinutes(int age, int goodFor) {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        clock.pass(Duration.ofSeconds(age));
        pod.answers(200, FOUR_ARENAS);
        // when
        of(FIRST_START);
        awaitAnswers(2);
        // then
        assertThat(readings.goodFor(FIRST_START)).contains(Duration.ofSeconds(goodFor));
    }

    @Test
    void theHungriestOperationIsReadAnew() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        clock.pass(Duration.ofMinutes(1));
        pod.answers(200, HUNGRY);
        // when
        of(FIRST_START);
        awaitAnswers(2);
        // then
        assertThat(of(FIRST_START))
                .contains(new Loaded(
                        Map.of("narenas", "2"), new PodReading.Hungriest("addPet", MemoryMeasure.InUse, 67_108_864)));
    }

    @Test
    void theOldReadingIsKnownWhileThePodIsAskedAnew() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        clock.pass(Duration.ofMinutes(1));
        var gate = pod.holdsBack();
        // when
        var reading = of(FIRST_START);
        awaitRequests(2);
        gate.countDown();
        // then
        assertThat(reading).contains(new Loaded(Map.of("narenas", "2"), null));
    }

    @Test
    void aPodThatSaysTheSameAgainWakesNobody() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        // when
        for (int minute = 1; minute <= 4; minute *= 2) {
            clock.pass(Duration.ofMinutes(minute));
            awaitAskedUntilGood();
        }
        // then
        assertThat(pod.requests()).hasSize(4);
        assertThat(answers).hasValue(1);
    }

    @Test
    void aPodThatDoesNotAnswerLaterKeepsItsReadingAndIsLeftAloneForAsLong() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        clock.pass(Duration.ofMinutes(5));
        pod.answers(503, "busy");
        // when
        awaitAskedUntilGood();
        // then
        assertThat(of(FIRST_START)).contains(new Loaded(Map.of("narenas", "2"), null));
        assertThat(readings.goodFor(FIRST_START)).contains(Duration.ofMinutes(5));
        assertThat(pod.requests()).hasSize(2);
        assertThat(answers).hasValue(1);
    }

    @Test
    void whatIsNotReadIsGoodForNoTime() {
        // given
        pod.answers(503, "starting");
        var never = readings.goodFor(FIRST_START);
        of(FIRST_START);
        awaitAnswers(1);
        // when
        var unread = readings.goodFor(FIRST_START);
        // then
        assertThat(never).isEmpty();
        assertThat(unread).isEmpty();
    }

    @Test
    void aForgottenPodIsAskedAnewWhateverItsRestarts() {
        // given
        of(FIRST_START);
        of(new Start("uid-1", 1));
        awaitAnswers(2);
        // when
        readings.forget("uid-1");
        // then
        assertThat(of(FIRST_START)).isEmpty();
        assertThat(of(new Start("uid-1", 1))).isEmpty();
    }

    @Test
    void forgettingOnePodLeavesTheOthers() {
        // given
        of(FIRST_START);
        awaitAnswers(1);
        // when
        readings.forget("uid-2");
        // then
        assertThat(of(FIRST_START)).isPresent();
    }

    @Test
    void asksNobodyAfterItIsClosed() {
        // given
        readings.close();
        // when
        var reading = of(FIRST_START);
        // then
        assertThat(reading).isEmpty();
        assertThat(pod.requests()).isEmpty();
    }

    @Test
    void closingGivesUpOnAPodThatDoesNotAnswer() {
        // given
        pod.holdsBack();
        of(FIRST_START);
        awaitRequests(1);
        // when
        readings.close();
        // then
        await().atMost(Duration.ofSeconds(3))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("malloc-")));
        assertThat(answers).hasValue(0);
    }

    private Optional<PodReading> of(Start start) {
        return readings.of(start, pod.ip(), pod.port(), answers::incrementAndGet);
    }

    /** Asks until the answer is known: the mark of the question before may still be there. */
    private void awaitAskedUntilGood() {
        await().until(() -> {
            of(FIRST_START);
            return readings.goodFor(FIRST_START).filter(Duration::isPositive).isPresent();
        });
    }

    private void awaitAnswers(int count) {
        await().until(() -> answers.get() == count);
    }

    private void awaitRequests(int count) {
        await().until(() -> pod.requests().size() == count);
    }
}
