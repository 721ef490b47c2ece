package dev.brr.operator.build;

import static org.awaitility.Awaitility.await;

import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.openapi.DocumentChecker;
import dev.brr.operator.openapi.DocumentVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Has a builder, a clock and queues that are closed after each test. */
abstract class BuildQueueFixture {

    static final String KEY = "shop/petstore";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final BuildRequest REQUEST = request("openapi: 3.1.0");
    static final BuildRequest CHANGED = request("openapi: 3.1.1");

    final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    final SteeredBuilder builder = new SteeredBuilder();
    final AtomicInteger finished = new AtomicInteger();
    final List<BuildQueue> queues = new ArrayList<>();

    @AfterEach
    void stop() {
        queues.forEach(BuildQueue::close);
    }

    BuildQueue queue() {
        return queue(2, 10);
    }

    BuildQueue queue(int threads, int places) {
        return queue(threads, places, document -> new DocumentVerdict(List.of(), "checked: " + document));
    }

    BuildQueue queue(int threads, int places, DocumentChecker checker) {
        var queue = new BuildQueue(builder, checker, clock, threads, places);
        queues.add(queue);
        return queue;
    }

    BuildOutcome ask(BuildQueue queue, BuildRequest request) {
        return queue.ask(KEY, request, Set.of(), finished::incrementAndGet);
    }

    void awaitFinished(int count) {
        await().until(() -> finished.get() == count);
    }

    static BuildRequest request(String document) {
        return new BuildRequest(
                "eclipse-temurin:25-jre",
                "registry.example:5000/shop/petstore",
                document,
                false,
                List.of("amd64"),
                "0123456789abcdef",
                null);
    }

    static BuildRequest withCredentials(BuildRequest request) {
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
