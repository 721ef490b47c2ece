package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.build.BuildOutcome.Running;
import dev.brr.operator.build.BuildOutcome.Succeeded;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the queue bounds, forgets and ends what it runs. */
class BuildQueueEndTest extends BuildQueueFixture {

    @Test
    void noMoreBuildsRunAtOnceThanThereAreThreads() {
        // given
        var queue = queue(2, 10);
        builder.holdsBack();
        // when
        for (int i = 0; i < 5; i++) {
            queue.ask("shop/service-" + i, REQUEST, Set.of(), finished::incrementAndGet);
        }
        // then
        await().until(() -> builder.requests().size() == 2);
        await().during(Duration.ofMillis(200)).until(() -> builder.requests().size() == 2);
    }

    @Test
    void aForgottenServiceStartsAnew() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        queue.retain(key -> false);
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome).isEqualTo(new Running());
    }

    @Test
    void aServiceThatStillExistsIsNotForgotten() {
        // given
        var queue = queue();
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        queue.retain(KEY::equals);
        // then
        assertThat(ask(queue, REQUEST)).isInstanceOf(Succeeded.class);
    }

    @Test
    void aBuildThatEndsForAForgottenServiceLeavesNothingBehind() {
        // given
        var queue = queue(1, 10);
        var gate = builder.holdsBack();
        ask(queue, REQUEST);
        queue.retain(key -> false);
        gate.countDown();
        awaitFinished(1);
        builder.holdsBack();
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome).isEqualTo(new Running());
    }

    @Test
    void closingInterruptsABuildAndTellsNobody() {
        // given
        var queue = queue(1, 10);
        builder.holdsBack();
        ask(queue, REQUEST);
        await().until(() -> builder.requests().size() == 1);
        // when
        queue.close();
        // then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("build-")));
        assertThat(finished).hasValue(0);
    }

    @Test
    void whatWaitsWhenTheQueueIsClosedIsNotStarted() {
        // given
        var queue = queue(1, 10);
        builder.holdsBack();
        queue.ask("shop/one", REQUEST, Set.of(), finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", CHANGED, Set.of(), finished::incrementAndGet);
        // when
        queue.close();
        // then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("build-")));
        assertThat(builder.requests()).containsExactly(REQUEST);
    }

    @Test
    void buildsDoNotKeepTheProcessAlive() {
        // given
        var queue = queue();
        builder.holdsBack();
        // when
        ask(queue, REQUEST);
        await().until(() -> builder.requests().size() == 1);
        // then
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("build-")))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }
}
