package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.build.BuildOutcome.Failed;
import dev.brr.operator.build.BuildOutcome.Refused;
import dev.brr.operator.build.BuildOutcome.Running;
import dev.brr.operator.build.BuildOutcome.Succeeded;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.openapi.DocumentChecker;
import dev.brr.operator.openapi.DocumentProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildQueueTest {

    private static final String KEY = "shop/petstore";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BuildRequest REQUEST = request("openapi: 3.1.0");
    private static final BuildRequest CHANGED = request("openapi: 3.1.1");

    private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    private final SteeredBuilder builder = new SteeredBuilder();
    private final AtomicInteger finished = new AtomicInteger();
    private final List<BuildQueue> queues = new ArrayList<>();

    @AfterEach
    void stop() {
        queues.forEach(BuildQueue::close);
    }

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
                        REQUEST.repository(), SteeredBuilder.DIGEST, REQUEST.revision(SteeredBuilder.DIGEST), false));
        assertThat(finished).hasValue(1);
    }

    @Test
    void theOutcomeIsKnownWhenItIsTold() {
        // given
        var queue = queue();
        var seen = new CopyOnWriteArrayList<BuildOutcome>();
        // when
        queue.ask(KEY, REQUEST, () -> seen.add(queue.ask(KEY, REQUEST, () -> {})));
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
        queue.ask("shop/petstore", REQUEST, finished::incrementAndGet);
        // when
        queue.ask("stage/petstore", REQUEST, finished::incrementAndGet);
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
                        done -> assertThat(done.revision()).isEqualTo(CHANGED.revision(SteeredBuilder.DIGEST)));
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

    @Test
    void aFailureSaysWhyAndWhenItIsTriedAgain() {
        // given
        var queue = queue();
        builder.fails(new IOException("the registry registry.example cannot be reached"));
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome)
                .isEqualTo(new Failed("the registry registry.example cannot be reached", 1, START.plusSeconds(10)));
    }

    @Test
    void aFailureWithoutAMessageNamesItsKind() {
        // given
        var queue = queue();
        builder.fails(new IllegalStateException());
        ask(queue, REQUEST);
        awaitFinished(1);
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
        var queue = queue();
        builder.fails(new NoClassDefFoundError("com/google/Missing"));
        ask(queue, REQUEST);
        awaitFinished(1);
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
        var queue = queue();
        builder.fails(new IOException("no space left"));
        ask(queue, REQUEST);
        awaitFinished(1);
        clock.pass(Duration.ofMillis(milliseconds));
        // when
        var outcome = ask(queue, REQUEST);
        // then
        assertThat(outcome instanceof Running).isEqualTo(retried);
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
        var queue = queue();
        builder.fails(new IOException("no space left"));
        ask(queue, REQUEST);
        awaitFinished(1);
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
        var queue = queue();
        builder.fails(new IOException("no space left"));
        ask(queue, REQUEST);
        awaitFinished(1);
        // when
        ask(queue, CHANGED);
        awaitFinished(2);
        // then
        assertThat(ask(queue, CHANGED)).isEqualTo(new Failed("no space left", 1, START.plusSeconds(10)));
    }

    @Test
    void aRefusedDocumentBuildsNothing() {
        // given
        var problems = List.of(new DocumentProblem(3, "/paths", "is missing"));
        var queue = queue(1, 10, document -> problems);
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
            return List.of(new DocumentProblem(3, "/paths", "is missing"));
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
        queue.ask("shop/one", REQUEST, finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", REQUEST, finished::incrementAndGet);
        // when
        var outcome = queue.ask("shop/three", REQUEST, finished::incrementAndGet);
        // then
        assertThat(outcome).isEqualTo(new Failed("the build queue is full", 1, START.plusSeconds(10)));
    }

    @Test
    void aRequestThatFoundTheQueueFullIsBuiltWhenThereIsRoomAgain() {
        // given
        var queue = queue(1, 1);
        var gate = builder.holdsBack();
        queue.ask("shop/one", REQUEST, finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", REQUEST, finished::incrementAndGet);
        queue.ask("shop/three", REQUEST, finished::incrementAndGet);
        gate.countDown();
        awaitFinished(2);
        clock.pass(Duration.ofSeconds(10));
        // when
        queue.ask("shop/three", REQUEST, finished::incrementAndGet);
        awaitFinished(3);
        // then
        assertThat(queue.ask("shop/three", REQUEST, () -> {})).isInstanceOf(Succeeded.class);
    }

    @Test
    void noMoreBuildsRunAtOnceThanThereAreThreads() {
        // given
        var queue = queue(2, 10);
        builder.holdsBack();
        // when
        for (int i = 0; i < 5; i++) {
            queue.ask("shop/service-" + i, REQUEST, finished::incrementAndGet);
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
        queue.ask("shop/one", REQUEST, finished::incrementAndGet);
        await().until(() -> builder.requests().size() == 1);
        queue.ask("shop/two", CHANGED, finished::incrementAndGet);
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

    private BuildQueue queue() {
        return queue(2, 10);
    }

    private BuildQueue queue(int threads, int places) {
        return queue(threads, places, document -> List.of());
    }

    private BuildQueue queue(int threads, int places, DocumentChecker checker) {
        var queue = new BuildQueue(builder, checker, clock, threads, places);
        queues.add(queue);
        return queue;
    }

    private BuildOutcome ask(BuildQueue queue, BuildRequest request) {
        return queue.ask(KEY, request, finished::incrementAndGet);
    }

    private void awaitFinished(int count) {
        await().until(() -> finished.get() == count);
    }

    private static BuildRequest request(String document) {
        return new BuildRequest(
                "eclipse-temurin:25-jre",
                "registry.example:5000/shop/petstore",
                document,
                false,
                List.of("amd64"),
                "0123456789abcdef",
                null);
    }

    private static BuildRequest withCredentials(BuildRequest request) {
        return new BuildRequest(
                request.base(),
                request.repository(),
                request.document(),
                request.petStore(),
                request.architectures(),
                request.runtime(),
                new RegistryCredentials("robot", "hunter2"));
    }
}
