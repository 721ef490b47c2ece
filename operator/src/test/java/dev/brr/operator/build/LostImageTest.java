package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.build.BuildOutcome.Failed;
import dev.brr.operator.build.BuildOutcome.Succeeded;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that was built cannot be pulled: it may be lost, or the node may be at fault. */
class LostImageTest extends BuildQueueFixture {

    private static final String IMAGE = REQUEST.repository() + "@" + SteeredBuilder.DIGEST;
    private static final String NEW_DIGEST = "sha256:" + "2".repeat(64);
    private static final Set<String> LOST = Set.of(IMAGE);

    @Test
    void theRegistryIsAskedAgainForAnImageThatCannotBePulled() {
        // given
        var queue = built();
        // when
        ask(queue, LOST);
        awaitFinished(2);
        // then
        assertThat(builder.requests()).containsExactly(REQUEST, REQUEST);
    }

    @Test
    void untilItIsKnownTheOutcomeOfBeforeHolds() {
        // given
        var queue = built();
        var before = ask(queue, Set.of());
        var gate = builder.holdsBack();
        // when
        var outcome = ask(queue, LOST);
        // then
        assertThat(outcome).isEqualTo(before).isInstanceOf(Succeeded.class);
        gate.countDown();
        awaitFinished(2);
    }

    @Test
    void whileItIsAskedForItIsNotAskedForTwice() {
        // given
        var queue = built();
        var gate = builder.holdsBack();
        ask(queue, LOST);
        clock.pass(Duration.ofDays(1));
        // when
        ask(queue, LOST);
        gate.countDown();
        awaitFinished(2);
        // then
        assertThat(builder.requests()).hasSize(2);
    }

    @Test
    void anImageThatIsThereStaysAsItIs() {
        // given
        var queue = built();
        builder.adopts();
        // when
        ask(queue, LOST);
        awaitFinished(2);
        // then
        assertThat(ask(queue, LOST)).isInstanceOfSatisfying(Succeeded.class, done -> {
            assertThat(done.image()).isEqualTo(IMAGE);
            assertThat(done.adopted()).isTrue();
        });
    }

    @Test
    void anImageThatWasBuiltAgainTakesThePlace() {
        // given
        var queue = built();
        builder.makes(NEW_DIGEST);
        // when
        ask(queue, LOST);
        awaitFinished(2);
        // then
        assertThat(ask(queue, LOST))
                .isInstanceOfSatisfying(
                        Succeeded.class, done -> assertThat(done.digest()).isEqualTo(NEW_DIGEST));
        assertThat(builder.requests()).hasSize(2);
    }

    @Test
    void whoAsksAgainAndAgainIsAnsweredWithoutTheRegistry() {
        // given
        var queue = built();
        ask(queue, LOST);
        awaitFinished(2);
        // when
        for (int i = 0; i < 29; i++) {
            clock.pass(Duration.ofSeconds(1));
            ask(queue, LOST);
        }
        // then
        assertThat(builder.requests()).hasSize(2);
    }

    @Test
    void anImageThatStillCannotBePulledIsAskedForEverMoreRarely() {
        // given
        var queue = built();
        ask(queue, LOST);
        awaitFinished(2);
        int asked = 2;
        for (long seconds : new long[] {30, 60, 120, 240, 480, 600, 600}) {
            // when
            clock.pass(Duration.ofSeconds(seconds - 1));
            ask(queue, LOST);
            // then
            assertThat(builder.requests()).hasSize(asked);
            clock.pass(Duration.ofSeconds(1));
            ask(queue, LOST);
            awaitFinished(++asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example:5000/shop/petstore@sha256:9999999999999999999999999999999999999999999999999999999999999999",
                "registry.example:5000/shop/other@sha256:1111111111111111111111111111111111111111111111111111111111111111",
                "registry.example:5000/shop/petstore:latest",
            })
    void anotherImageThatCannotBePulledChangesNothing(String other) {
        // given
        var queue = built();
        // when
        ask(queue, Set.of(other));
        // then
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void rightAfterItWasBuiltItIsNotLost() {
        // given
        var queue = queue();
        ask(queue, Set.of());
        awaitFinished(1);
        clock.pass(Duration.ofSeconds(29));
        // when
        ask(queue, LOST);
        // then
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void whatCannotBeBuiltAgainIsSaidAndTriedAgain() {
        // given
        var queue = built();
        builder.fails(new IOException("the registry has no base image eclipse-temurin:25-jre"));
        ask(queue, LOST);
        awaitFinished(2);
        // when
        var outcome = ask(queue, LOST);
        // then
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.message()).contains("no base image");
            assertThat(failed.attempts()).isEqualTo(1);
        });
        builder.succeeds();
        clock.pass(Duration.ofSeconds(10));
        ask(queue, LOST);
        awaitFinished(3);
        assertThat(ask(queue, LOST)).isInstanceOf(Succeeded.class);
    }

    @Test
    void otherInputsBeginAnew() {
        // given
        var queue = built();
        ask(queue, LOST);
        awaitFinished(2);
        // when
        queue.ask(KEY, CHANGED, LOST, finished::incrementAndGet);
        awaitFinished(3);
        clock.pass(Duration.ofSeconds(30));
        queue.ask(KEY, CHANGED, LOST, finished::incrementAndGet);
        awaitFinished(4);
        // then
        assertThat(builder.requests()).containsExactly(REQUEST, REQUEST, CHANGED, CHANGED);
    }

    /** Has the image built, long enough ago. */
    private BuildQueue built() {
        var queue = queue();
        ask(queue, Set.of());
        awaitFinished(1);
        clock.pass(Duration.ofHours(1));
        return queue;
    }

    private BuildOutcome ask(BuildQueue queue, Set<String> unpullable) {
        return queue.ask(KEY, REQUEST, unpullable, finished::incrementAndGet);
    }
}
