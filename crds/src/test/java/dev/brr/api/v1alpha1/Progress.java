package dev.brr.api.v1alpha1;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Shows how far a long row of requests to a real API server has come. */
final class Progress {

    private final String what;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    Progress(String what, int total) {
        this.what = what;
        this.total = total;
    }

    /** Does one step of the row and prints its number, its name and how long it took. */
    <T> T step(String name, Supplier<T> work) {
        var begun = System.nanoTime();
        var result = work.get();
        var took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                Locale.ROOT, "%s %3d/%d  %-60s %5d ms%n", what, done.incrementAndGet(), total, name, took.toMillis());
        return result;
    }
}
