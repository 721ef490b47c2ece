package dev.brr.jemalloc.process;

/**
 * Holds how much of the memory limit is used at a moment. In bytes.
 *
 * @param limit beyond which the kernel kills; above 0
 * @param used what counts against it and cannot be taken back by the kernel
 */
public record MemoryReading(long limit, long used) {

    /** Refuses a limit that cannot be divided by. */
    public MemoryReading {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit: has to be above 0, not " + limit);
        }
    }

    /** Says whether so many percent of the limit are used. */
    public boolean isAtLeast(int percent) {
        return used >= share(percent);
    }

    /** Returns so many percent of the limit. */
    public long share(int percent) {
        return limit / 100 * percent + limit % 100 * percent / 100;
    }
}
