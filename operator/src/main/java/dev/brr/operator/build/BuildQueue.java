package dev.brr.operator.build;

import dev.brr.operator.openapi.DocumentChecker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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

    private record Entry(BuildRequest request, BuildOutcome outcome, RegistryLooks looks) {
        Entry with(BuildOutcome next, RegistryLooks nextLooks) {
            return new Entry(request, next, nextLooks);
        }
    }

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
     * <p>An image that was built and cannot be pulled may be lost: the registry is asked for it now and then, and it is built
     * again where the registry has it no more. Until that has ended, the outcome of before holds.
     *
     * @param key whose request it is, e.g. namespace/name: a new request of the same key replaces the old one
     * @param unpullable images, by digest, that nodes fail to pull
     * @param finished called once when the build that this call starts has ended
     */
    public BuildOutcome ask(String key, BuildRequest request, Set<String> unpullable, Runnable finished) {
        var entry = entries.compute(key, (k, old) -> {
            var same = old != null && old.request().inputs().equals(request.inputs()) ? old : null;
            if (same != null && !isDue(same, request, unpullable)) {
                return same;
            }
            if (same != null && same.outcome() instanceof BuildOutcome.Succeeded) {
                return lookAgain(key, new Entry(request, same.outcome(), same.looks()), finished);
            }
            var attempts = same != null
                            && same.request().equals(request)
                            && same.outcome() instanceof BuildOutcome.Failed failed
                    ? failed.attempts()
                    : 0;
            return start(key, new Entry(request, new BuildOutcome.Running(), RegistryLooks.NONE), attempts, finished);
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
    private boolean isDue(Entry entry, BuildRequest request, Set<String> unpullable) {
        return switch (entry.outcome()) {
            case BuildOutcome.Failed failed ->
                !entry.request().equals(request) || !clock.instant().isBefore(failed.retryAt());
            case BuildOutcome.BaseRefused refused -> !clock.instant().isBefore(refused.retryAt());
            case BuildOutcome.Succeeded done ->
                unpullable.contains(done.image()) && entry.looks().isDue(clock.instant());
            case BuildOutcome.Running _, BuildOutcome.Refused _ -> false;
        };
    }

    private Entry lookAgain(String key, Entry entry, Runnable finished) {
        LOGGER.atWarn()
                .addKeyValue("service", key)
                .log("an image cannot be pulled: the registry is asked for it, and it is built again if it is lost");
        return start(key, entry.with(entry.outcome(), entry.looks().begun()), 0, finished);
    }

    private Entry start(String key, Entry entry, int attempts, Runnable finished) {
        var request = entry.request();
        try {
            executor.execute(() -> {
                var outcome = run(request, attempts);
                if (outcome != null) {
                    // A newer request of the key has taken the place: this outcome is of no use to anybody.
                    entries.computeIfPresent(
                            key,
                            (k, now) -> now.request().equals(request)
                                    ? now.with(outcome, now.looks().ended(clock.instant()))
                                    : now);
                    finished.run();
                }
            });
            return entry;
        } catch (RejectedExecutionException e) {
            return entry.outcome() instanceof BuildOutcome.Succeeded
                    ? entry.with(entry.outcome(), entry.looks().ended(clock.instant()))
                    : entry.with(failed("the build queue is full", attempts), entry.looks());
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
