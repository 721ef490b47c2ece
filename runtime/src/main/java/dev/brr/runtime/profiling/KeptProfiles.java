package dev.brr.runtime.profiling;

import dev.brr.jemalloc.profile.HeapProfile;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the last profiles by number, to compare with. A number has the run of the service behind it, {@code 3-1f2e3d4c}: each
 * run counts from one, and a number that was noted before a restart must not be another profile's.
 */
final class KeptProfiles {
    private static final int MOST = 8;

    /** Of all profiles together: some 5 MB of Java heap, which holds eight usual ones many times. */
    static final long MOST_FRAMES = 1_000_000;

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})(?:-([0-9a-f]{8}))?");

    private final TreeMap<Long, HeapProfile> byNumber = new TreeMap<>();
    private final String run;
    private long last;

    /** Keeps those of a run of its own. */
    KeptProfiles() {
        this(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    }

    /**
     * Keeps those of a run.
     *
     * @param run eight hexadecimal digits that tell this run from others
     */
    KeptProfiles(String run) {
        this.run = run;
    }

    /** Keeps a profile, forgets the oldest beyond eight or where they are large, and returns the number. */
    synchronized String keep(HeapProfile profile) {
        byNumber.put(++last, profile);
        long frames = byNumber.values().stream().mapToLong(KeptProfiles::frames).sum();
        while (byNumber.size() > MOST || (byNumber.size() > 1 && frames > MOST_FRAMES)) {
            frames -= frames(byNumber.pollFirstEntry().getValue());
        }
        return named(last);
    }

    private static long frames(HeapProfile profile) {
        return profile.stacks().stream()
                .mapToLong(stack -> stack.frames().size())
                .sum();
    }

    private String named(long number) {
        return number + "-" + run;
    }

    /**
     * Returns the profile of a number; one without a run is of this one.
     *
     * @throws RefusedException for a number of another run, and where there is no such profile (any more)
     */
    synchronized HeapProfile get(String number) throws RefusedException {
        Matcher parts = NUMBER.matcher(number);
        boolean isNumber = parts.matches();
        if (isNumber && parts.group(2) != null && !parts.group(2).equals(run)) {
            throw new RefusedException("profile %s is of another run of the service; kept of this one are %s"
                    .formatted(number, numbers()));
        }
        HeapProfile found = isNumber ? byNumber.get(Long.parseLong(parts.group(1))) : null;
        if (found == null) {
            throw new RefusedException("there is no profile %s; kept are %s".formatted(number, numbers()));
        }
        return found;
    }

    /** The one that was kept first of those that another one can be compared with. */
    synchronized Optional<HeapProfile> oldestFor(HeapProfile other) {
        return byNumber.values().stream().filter(other::isComparableTo).findFirst();
    }

    /** The numbers of those that another one can be compared with. */
    synchronized List<String> numbersFor(HeapProfile other) {
        return byNumber.entrySet().stream()
                .filter(entry -> other.isComparableTo(entry.getValue()))
                .map(Map.Entry::getKey)
                .map(this::named)
                .toList();
    }

    synchronized List<String> numbers() {
        return byNumber.keySet().stream().map(this::named).toList();
    }
}
