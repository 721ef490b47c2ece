package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.build.BuildOutcome.Running;
import dev.brr.operator.build.BuildOutcome.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BuildQueueTest extends BuildQueueFixture {

    @Test
    void aNewRequestIsStartedAndNotWaitedFor() {
        // given
        var queue = queue();
        builder.holdsBack();
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome).isEqualTo(new Running());
        await().until(() -> builder.requests().equals(List.of(REQUEST)));
    }

    @Test
    void aFinishedBuildIsToldOnceAndThenKnown() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isEqualTo(new Succeeded(
                        REQUEST.repository(),
                        SteeredBuilder.DIGEST,
                        REQUEST.revision(SteeredBuilder.DIGEST, SteeredBuilder.AOT),
                        false,
                        SteeredBuilder.AOT));
        assertThat(finished).hasValue(1);
    }

    @Test
    void theOutcomeIsKnownWhenItIsTold() {
        // given
        var queue = queue();
        var seen = new CopyOnWriteArrayList<BuildOutcome>();
        // when
        queue.ask(KEY, REQUEST, Set.of(), () -> seen.add(queue.ask(KEY, REQUEST, Set.of(), () -> {})));
        await().until(() -> !seen.isEmpty());
        // then
        assertThat(seen.getFirst()).isInstanceOf(Succeeded.class);
    }

    @Test
    void aFinishedBuildIsNotBuiltAgain() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        clock.pass(Duration.ofDays(100));
        // when
        ask(queue, REQUEST);
        // then
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void whatTheCheckLeavesGoesIntoTheImage() {
        // given
        var queue = queue();
        // when
        ask(queue, REQUEST);
        awaitFinished(1);
        // then
        assertThat(builder.checked()).containsExactly("checked: " + REQUEST.document());
    }

    @Test
    void anAdoptedImageIsSaidToBeAdopted() {
        // given
        var queue = queue();
        builder.adopts();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Succeeded.class, done -> assertThat(done.adopted()).isTrue());
    }

    @Test
    void aRequestThatRunsIsNotStartedTwice() {
        // given
        var queue = queue();
        var gate = builder.holdsBack();
        ask(queue, REQUEST);
        ask(queue, request("openapi: 3.1.0"));
        ask(queue, REQUEST);
        // when
        gate.countDown();
        awaitFinished(1);
        // then
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void equalRequestsAskedAtOnceAreOneBuild() throws Exception {
        // given
        var queue = queue(4, 100);
        var gate = builder.holdsBack();
        var ready = new CountDownLatch(1);
        List<Callable<BuildOutcome>> askers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            askers.add(() -> {
                ready.await();
                return ask(queue, REQUEST);
            });
        }
        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = askers.stream().map(threads::submit).toList();
            ready.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(new Running());
            }
        }
        gate.countDown();
        awaitFinished(1);
        // then
        assertThat(ask(queue, REQUEST)).isInstanceOf(Succeeded.class);
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void otherCredentialsForTheSameInputsAreNoNewBuild() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, withCredentials(REQUEST));
        // then
        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void equalRequestsOfTwoServicesAreTwoBuilds() {
        // given
        var queue = queue();
        queue.ask("shop/petstore", REQUEST, Set.of(), finished::incrementAndGet);
        // when
        queue.ask("stage/petstore", REQUEST, Set.of(), finished::incrementAndGet);
        awaitFinished(2);
        // then
        assertThat(builder.requests()).containsExactly(REQUEST, REQUEST);
    }

    @Test
    void aChangedRequestReplacesTheOldOne() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, CHANGED);
        awaitFinished(2);
        // then
        assertThat(outcome).isEqualTo(new Running());
        assertThat(builder.requests()).containsExactly(REQUEST, CHANGED);
    }

    @Test
    void theOutcomeOfAReplacedRequestIsIgnored() {
        // given
        var queue = queue(1, 10);
        var gate = builder.holdsBack();
        ask(queue, REQUEST);
        await().until(() -> builder.requests().size() == 1);
        ask(queue, CHANGED);
        // when
        gate.countDown();
        awaitFinished(2);
        // then
        assertThat(ask(queue, CHANGED))
                .isInstanceOfSatisfying(
                        Succeeded.class,
                        done -> assertThat(done.revision())
                                .isEqualTo(CHANGED.revision(SteeredBuilder.DIGEST, SteeredBuilder.AOT)));
        assertThat(builder.requests()).containsExactly(REQUEST, CHANGED);
    }

    @Test
    void aReplacedRequestThatEndsFirstLeavesTheNewOneRunning() {
        // given
        var queue = queue(2, 10);
        var first = builder.holdsBack();
        ask(queue, REQUEST);
        await().until(() -> builder.requests().size() == 1);
        builder.holdsBack();
        ask(queue, CHANGED);
        await().until(() -> builder.requests().size() == 2);
        // when
        first.countDown();
        awaitFinished(1);
        // then
        assertThat(ask(queue, CHANGED)).isEqualTo(new Running());
    }

    @Test
    void goingBackToAnEarlierRequestAsksTheBuilderAgainWhichAsksTheRegistry() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        ask(queue, CHANGED);
        awaitFinished(2);
        // when
        ask(queue, REQUEST);
        awaitFinished(3);
        // then
        assertThat(builder.requests()).containsExactly(REQUEST, CHANGED, REQUEST);
    }
}
