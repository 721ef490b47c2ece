package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.build.BuildOutcome.BaseRefused;
import dev.brr.operator.build.BuildOutcome.Failed;
import dev.brr.operator.build.BuildOutcome.Refused;
import dev.brr.operator.build.BuildOutcome.Running;
import dev.brr.operator.build.BuildOutcome.Succeeded;
import dev.brr.operator.openapi.DocumentProblem;
import dev.brr.operator.openapi.DocumentVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the queue makes of builds and checks that fail: refused, tried again, or waiting for room. */
class BuildFailureTest extends BuildQueueFixture {

    @Test
    void aFailureSaysWhyAndWhenItIsTriedAgain() {
        // given
        var queue = queueAfter(new IOException("the registry registry.example cannot be reached"));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isEqualTo(new Failed("the registry registry.example cannot be reached", 1, START.plusSeconds(10)));
    }

    @Test
    void aFailureWithoutAMessageNamesItsKind() {
        // given
        var queue = queueAfter(new IllegalStateException());
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("java.lang.IllegalStateException"));
    }

    @Test
    void anErrorOfALibraryIsAFailureToo() {
        // given
        var queue = queueAfter(new NoClassDefFoundError("com/google/Missing"));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("com/google/Missing"));
    }

    @Test
    void aThreadSurvivesAFailure() {
        // given
        var queue = queue(1, 10);
        builder.fails(new IOException("no space left"));
        ask(queue, REQUEST);
        awaitFinished(1);
        builder.succeeds();
        // when
        ask(queue, CHANGED);
        awaitFinished(2);
        // then
        assertThat(ask(queue, CHANGED)).isInstanceOf(Succeeded.class);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "9, false", "9999, false", "10000, true", "60000, true"})
    void aRetryIsStartedWhenItIsDueAndNotBefore(long milliseconds, boolean retried) {
        // given
        var queue = queueAfter(new IOException("no space left"));
        clock.pass(Duration.ofMillis(milliseconds));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome instanceof Running).isEqualTo(retried);
    }

    @Test
    void otherCredentialsAreTriedAtOnceAndFromTheStart() {
        // given: two tries, the next one is due in 20 seconds
        var queue = queueAfter(new IOException("the registry refuses the credentials"));
        clock.pass(Duration.ofSeconds(10));
        ask(queue, REQUEST);
        awaitFinished(2);
        // when
        var outcome = ask(queue, withCredentials(REQUEST));
        awaitFinished(3);
        // then
        assertThat(outcome).isInstanceOf(Running.class);
        assertThat(ask(queue, withCredentials(REQUEST)))
                .isEqualTo(new Failed("the registry refuses the credentials", 1, START.plusSeconds(20)));
    }

    @Test
    void backOffDoublesUpToTenMinutesAndStaysThere() {
        // given
        var queue = queue();
        builder.fails(new IOException("no space left"));
        var waits = new ArrayList<Long>();
        // when
        for (int attempt = 1; attempt <= 14; attempt++) {
            ask(queue, REQUEST);
            awaitFinished(attempt);
            var failed = (Failed) ask(queue, REQUEST);
            assertThat(failed.attempts()).isEqualTo(attempt);
            var wait = Duration.between(clock.instant(), failed.retryAt());
            waits.add(wait.toSeconds());
            clock.pass(wait);
        }
        // then
        assertThat(waits)
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L, 600L, 600L, 600L, 600L, 600L);
    }

    @Test
    void aRetryThatSucceedsEndsTheFailure() {
        // given
        var queue = queueAfter(new IOException("no space left"));
        builder.succeeds();
        clock.pass(Duration.ofSeconds(10));
        // when
        ask(queue, REQUEST);
        awaitFinished(2);
        // then
        assertThat(ask(queue, REQUEST)).isInstanceOf(Succeeded.class);
    }

    @Test
    void aChangedRequestIsTriedAtOnceAndCountsFromTheBeginning() {
        // given
        var queue = queueAfter(new IOException("no space left"));
        // when
        ask(queue, CHANGED);
        awaitFinished(2);
        // then
        assertThat(ask(queue, CHANGED)).isEqualTo(new Failed("no space left", 1, START.plusSeconds(10)));
    }

    @Test
    void aRefusedBaseSaysWhyAndWhenItIsLookedAtAgain() {
        // given
        var queue = queueAfter(new RefusedBaseException("the base image base:1 preloads libtcmalloc.so.4"));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isEqualTo(new BaseRefused("the base image base:1 preloads libtcmalloc.so.4", START.plusSeconds(600)));
    }

    @ParameterizedTest
    @CsvSource({"599999, false", "600000, true"})
    void aRefusedBaseIsLookedAtAgainForItMayBeAnotherByThen(long milliseconds, boolean retried) {
        // given
        var queue = queueAfter(new RefusedBaseException("the base image base:1 preloads libtcmalloc.so.4"));
        clock.pass(Duration.ofMillis(milliseconds));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome instanceof Running).isEqualTo(retried);
    }

    @Test
    void aRefusedDocumentBuildsNothing() {
        // given
        var problems = List.of(new DocumentProblem(3, "/paths", "is missing"));
        var queue = queue(1, 10, document -> new DocumentVerdict(problems, ""));
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome).isEqualTo(new Refused(problems));
        assertThat(builder.requests()).isEmpty();
    }

    @Test
    void aRefusedDocumentIsNotCheckedAgainUntilItChanges() {
        // given
        var checked = new CopyOnWriteArrayList<String>();
        var queue = queue(1, 10, document -> {
            checked.add(document);
            return new DocumentVerdict(List.of(new DocumentProblem(3, "/paths", "is missing")), "");
        });
        ask(queue, REQUEST);
        awaitFinished(1);
        clock.pass(Duration.ofDays(1));
        ask(queue, REQUEST);
        // when
        ask(queue, CHANGED);
        awaitFinished(2);
        // then
        assertThat(checked).containsExactly(REQUEST.document(), CHANGED.document());
    }

    @Test
    void aCheckThatCannotBeMadeIsAFailureThatIsTriedAgain() {
        // given
        var queue = queue(1, 10, document -> {
            throw new IOException("checking the document took longer than 60 s");
        });
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isEqualTo(new Failed("checking the document took longer than 60 s", 1, START.plusSeconds(10)));
        assertThat(builder.requests()).isEmpty();
    }

    @Test
    void aFullQueueIsAFailureThatIsTriedAgain() {
        // given
        var queue = queue(1, 1);
        builder.holdsBack();
        queue.ask("shop/one", REQUEST, Set.of(), finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", REQUEST, Set.of(), finished::incrementAndGet);
        // when
        var outcome = queue.ask("shop/three", REQUEST, Set.of(), finished::incrementAndGet);
        // then
        assertThat(outcome).isEqualTo(new Failed("the build queue is full", 1, START.plusSeconds(10)));
    }

    @Test
    void aRequestThatFoundTheQueueFullIsBuiltWhenThereIsRoomAgain() {
        // given
        var queue = queue(1, 1);
        var gate = builder.holdsBack();
        queue.ask("shop/one", REQUEST, Set.of(), finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", REQUEST, Set.of(), finished::incrementAndGet);
        queue.ask("shop/three", REQUEST, Set.of(), finished::incrementAndGet);
        gate.countDown();
        awaitFinished(2);
        clock.pass(Duration.ofSeconds(10));
        // when
        queue.ask("shop/three", REQUEST, Set.of(), finished::incrementAndGet);
        awaitFinished(3);
        // then
        assertThat(queue.ask("shop/three", REQUEST, Set.of(), () -> {})).isInstanceOf(Succeeded.class);
    }

    /** Returns a queue whose first build has failed, and whose next ones do until the builder is told otherwise. */
    private BuildQueue queueAfter(Throwable failure) {
        var queue = queue();
        builder.fails(failure);
        ask(queue, REQUEST);
        awaitFinished(1);
        return queue;
    }
}
