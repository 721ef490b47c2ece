package dev.brr.operator.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.tuning.PodReading.Loaded;
import dev.brr.operator.tuning.PodReading.Unread;
import dev.brr.operator.tuning.TuningReadings.Start;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TuningReadingsTest {

    private static final Start FIRST_START = new Start("uid-1", 0);
    private static final String TWO_ARENAS = "{\"loaded\": true, \"effective\": {\"narenas\": \"2\"}}";
    private static final String FOUR_ARENAS = "{\"loaded\": true, \"effective\": {\"narenas\": \"4\"}}";

    private final MallocEndpoint pod = new MallocEndpoint().answers(200, TWO_ARENAS);
    private final TuningReadings readings = new TuningReadings(new PodMallocReader());
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
        assertThat(reading).contains(new Loaded(Map.of("narenas", "2")));
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
        assertThat(reading).contains(new Loaded(Map.of("narenas", "2")));
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
        assertThat(of(new Start("uid-1", 1))).contains(new Loaded(Map.of("narenas", "4")));
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
        await().until(() -> of(FIRST_START), Optional.of(new Loaded(Map.of("narenas", "2")))::equals);
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

    private void awaitAnswers(int count) {
        await().until(() -> answers.get() == count);
    }

    private void awaitRequests(int count) {
        await().until(() -> pod.requests().size() == count);
    }
}
