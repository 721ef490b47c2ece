package dev.brr.jemalloc;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was read last, so that twenty gauges of one scrape read once. Safe for use by many threads.
 *
 * @param <T> what is read
 */
public final class Recent<T> {

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Reading<T> last;

    private record Reading<T>(T value, long atNanos) {}

    /** Reads from a source when asked. What the source throws goes to the caller, and nothing is kept. */
    public Recent(Supplier<T> source) {
        this(source, System::nanoTime);
    }

    Recent(Supplier<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** Returns the last value if it is not older than {@code age}, and a new one otherwise. */
    public T notOlderThan(Duration age) {
        lock.lock();
        try {
            Reading<T> known = last;
            if (known != null && nanoTime.getAsLong() - known.atNanos() <= age.toNanos()) {
                return known.value();
            }
            T fresh = source.get();
            last = new Reading<>(fresh, nanoTime.getAsLong());
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
