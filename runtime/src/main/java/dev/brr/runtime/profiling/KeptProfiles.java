package dev.brr.runtime.profiling;

import dev.brr.jemalloc.profile.HeapProfile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the last profiles by number, to compare with. */
final class KeptProfiles {
    private static final int MOST = 8;

    private final TreeMap<Long, HeapProfile> byNumber = new TreeMap<>();
    private long last;

    /** Keeps a profile, forgets the oldest beyond eight, and returns the number. */
    synchronized long keep(HeapProfile profile) {
        byNumber.put(++last, profile);
        while (byNumber.size() > MOST) {
            byNumber.pollFirstEntry();
        }
        return last;
    }

    synchronized Optional<HeapProfile> get(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The one that was kept first. */
    synchronized Optional<HeapProfile> oldest() {
        return byNumber.isEmpty()
                ? Optional.empty()
                : Optional.of(byNumber.firstEntry().getValue());
    }

    synchronized Collection<Long> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
