package dev.brr.jemalloc.conf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Knows jemalloc's small size classes, jemalloc(3), SIZE CLASSES, and what an option may count of each; with pages of 4 KiB.
 */
enum SizeClasses {
    /** Shards of a bin: 1 to 64. A group goes from the class that its first size is rounded up to. */
    SHARDS {
        @Override
        List<Long> spokenOf(long first, long last) {
            return SMALL.stream()
                    .filter(size -> size >= roundedUp(first) && size <= roundedUp(last))
                    .toList();
        }

        @Override
        long least(long size) {
            return 1;
        }

        @Override
        long most(long size) {
            return 64;
        }
    },
    /** Pages of a slab: at least one object has to fit in, and not more than 512 may; jemalloc takes the nearest. */
    SLAB_PAGES {
        @Override
        List<Long> spokenOf(long first, long last) {
            return SMALL.stream().filter(size -> size >= first && size <= last).toList();
        }

        @Override
        long least(long size) {
            return Math.ceilDiv(size, PAGE);
        }

        @Override
        long most(long size) {
            return size * OBJECTS_MAX / PAGE;
        }
    };

    private static final long PAGE = 4096;
    private static final long OBJECTS_MAX = 512;
    private static final long LARGEST = 14336;

    /** The smallest are a quantum of 16 bytes apart, the others are four to a doubling. */
    private static final List<Long> SMALL = Stream.concat(
                    Stream.of(8L, 16L, 32L, 48L, 64L, 80L, 96L, 112L, 128L),
                    LongStream.rangeClosed(7, 13)
                            .boxed()
                            .flatMap(power ->
                                    LongStream.rangeClosed(5, 8).mapToObj(quarters -> quarters << (power - 2))))
            .filter(size -> size <= LARGEST)
            .toList();

    /** Lists the classes that a group of sizes sets. */
    abstract List<Long> spokenOf(long first, long last);

    /** Returns the least that may be counted of a class. */
    abstract long least(long size);

    /** Returns the most that may be counted of a class. */
    abstract long most(long size);

    private static long roundedUp(long size) {
        return SMALL.stream().filter(each -> each >= size).findFirst().orElse(LARGEST);
    }

    /**
     * Says what jemalloc would not take as it is written.
     *
     * @param seen classes that groups before this one set; gets those of this one
     */
    Optional<String> problem(long first, long last, long count, Set<Long> seen) {
        if (first > last || last > LARGEST) {
            return Optional.of("sizes ascend up to %d bytes".formatted(LARGEST));
        }
        List<Long> sizes = spokenOf(first, last);
        if (sizes.isEmpty()) {
            return Optional.of("there is no size class from %d to %d bytes, the next is %d"
                    .formatted(first, last, roundedUp(first)));
        }
        for (long size : sizes) {
            if (count < least(size) || count > most(size)) {
                return Optional.of("for objects of %d bytes the count goes from %d to %d"
                        .formatted(size, least(size), most(size)));
            }
            if (!seen.add(size)) {
                return Optional.of("a group before it is for objects of %d bytes, too, and jemalloc would take the last"
                        .formatted(size));
            }
        }
        return Optional.empty();
    }
}
