package dev.brr.operator.build;

import dev.brr.operator.openapi.DocumentChecker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs builds off the reconciling threads: bounded, one at a time for equal requests, with back-off after a failure.
 *
 * <p>It forgets everything with the process. The registry remembers what was built, and a new operator asks it first.
 */
public final class BuildQueue implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(BuildQueue.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private record Entry(BuildRequest request, BuildOutcome outcome) {}

    private final ImageBuilder builder;
    private final DocumentChecker checker;
    private final Clock clock;
    private final ExecutorService executor;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Creates a queue with so many threads and places. */
    public BuildQueue(ImageBuilder builder, DocumentChecker checker, Clock clock, int threads, int places) {
        this.builder = builder;
        this.checker = checker;
        this.clock = clock;
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(places),
                Thread.ofPlatform().name("build-", 0).daemon().factory());
    }

    /**
     * Returns what became of a request, and starts it where nothing has or where a retry is due. Never blocks.
     *
     * @param key whose request it is, e.g. namespace/name: a new request of the same key replaces the old one
     * @param finished called once when the build that this call starts has ended
     */
    public BuildOutcome ask(String key, BuildRequest request, Runnable finished) {
        var entry = entries.compute(key, (k, old) -> {
            var same = old != null && old.request().inputs().equals(request.inputs()) ? old : null;
            if (same != null && !isDue(same, request)) {
                return same;
            }
            var attempts = same != null
                            && same.request().equals(request)
                            && same.outcome() instanceof BuildOutcome.Failed failed
                    ? failed.attempts()
                    : 0;
            return start(key, request, attempts, finished);
        });
        return entry.outcome();
    }

    /** Forgets the keys that do not exist any more. A build that runs for one ends by itself. */
    public void retain(Predicate<String> exists) {
        entries.keySet().removeIf(exists.negate());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Other credentials may be what a failed build needs: it need not wait for its next try. */
    private boolean isDue(Entry entry, BuildRequest request) {
        return switch (entry.outcome()) {
            case BuildOutcome.Failed failed ->
                !entry.request().equals(request) || !clock.instant().isBefore(failed.retryAt());
            case BuildOutcome.BaseRefused refused -> !clock.instant().isBefore(refused.retryAt());
            case BuildOutcome.Running _, BuildOutcome.Succeeded _, BuildOutcome.Refused _ -> false;
        };
    }

    private Entry start(String key, BuildRequest request, int attempts, Runnable finished) {
        try {
            executor.execute(() -> {
                var outcome = run(request, attempts);
                if (outcome != null) {
                    // A newer request of the key has taken the place: this outcome is of no use to anybody.
                    entries.computeIfPresent(
                            key, (k, now) -> now.request().equals(request) ? new Entry(request, outcome) : now);
                    finished.run();
                }
            });
            return new Entry(request, new BuildOutcome.Running());
        } catch (RejectedExecutionException e) {
            return new Entry(request, failed("the build queue is full", attempts));
        }
    }

    private @Nullable BuildOutcome run(BuildRequest request, int attempts) {
        try {
            var verdict = checker.check(request.document());
            if (!verdict.problems().isEmpty()) {
                return new BuildOutcome.Refused(verdict.problems());
            }
            var start = clock.instant();
            var outcome = builder.build(request, verdict.checked());
            LOGGER.atInfo()
                    .addKeyValue("repository", outcome.repository())
                    .addKeyValue("revision", outcome.revision())
                    .addKeyValue(
                            "milliseconds",
                            Duration.between(start, clock.instant()).toMillis())
                    .log(outcome.adopted() ? "image adopted" : "image built");
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null; // the operator stops; the next one asks the registry
        } catch (RefusedBaseException e) {
            return new BuildOutcome.BaseRefused(e.reason(), clock.instant().plus(LAST_RETRY));
        } catch (IOException | RuntimeException | Error e) {
            // An Error too: without an outcome the service would be "being built" until the operator restarts.
            return failed(e.getMessage() == null ? e.toString() : e.getMessage(), attempts);
        }
    }

    private BuildOutcome.Failed failed(String message, int attempts) {
        var wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts, 10));
        return new BuildOutcome.Failed(
                message, attempts + 1, clock.instant().plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY));
    }
}
