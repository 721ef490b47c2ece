package dev.brr.runtime.profiling;

import dev.brr.jemalloc.profile.HeapProfile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the last profiles by number, to compare with. */
final class KeptProfiles {
    private static final int MOST = 8;

    /** Of all profiles together: some 5 MB of Java heap, which holds eight usual ones many times. */
    static final long MOST_FRAMES = 1_000_000;

    private final TreeMap<Long, HeapProfile> byNumber = new TreeMap<>();
    private long last;

    /** Keeps a profile, forgets the oldest beyond eight or where they are large, and returns the number. */
    synchronized long keep(HeapProfile profile) {
        byNumber.put(++last, profile);
        long frames = byNumber.values().stream().mapToLong(KeptProfiles::frames).sum();
        while (byNumber.size() > MOST || (byNumber.size() > 1 && frames > MOST_FRAMES)) {
            frames -= frames(byNumber.pollFirstEntry().getValue());
        }
        return last;
    }

    private static long frames(HeapProfile profile) {
        return profile.stacks().stream()
                .mapToLong(stack -> stack.frames().size())
                .sum();
    }

    synchronized Optional<HeapProfile> get(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The one that was kept first of those that another one can be compared with. */
    synchronized Optional<HeapProfile> oldestFor(HeapProfile other) {
        return byNumber.values().stream().filter(other::isComparableTo).findFirst();
    }

    /** The numbers of those that another one can be compared with. */
    synchronized List<Long> numbersFor(HeapProfile other) {
        return byNumber.entrySet().stream()
                .filter(entry -> other.isComparableTo(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized Collection<Long> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
