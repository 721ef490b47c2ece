package dev.brr.runtime.blackbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds what the black box remembers from one look to the next.
 *
 * @param disarmed the shares of the limit that are told of and have not been left since
 * @param lastKept when evidence was kept for a reason last
 * @param sampling whether it lets jemalloc sample
 * @param floor the lows of hours
 */
record BlackBoxState(Set<Integer> disarmed, Map<KeptReason, Duration> lastKept, boolean sampling, HourlyFloor floor) {
    static final BlackBoxState START = new BlackBoxState(Set.of(), Map.of(), false, HourlyFloor.START);

    BlackBoxState {
        disarmed = Set.copyOf(disarmed);
        lastKept = Map.copyOf(lastKept);
    }

    BlackBoxState withDisarmed(int percent) {
        Set<Integer> more = new HashSet<>(disarmed);
        more.add(percent);
        return new BlackBoxState(more, lastKept, sampling, floor);
    }

    BlackBoxState withArmed(int percent) {
        Set<Integer> less = new HashSet<>(disarmed);
        less.remove(percent);
        return new BlackBoxState(less, lastKept, sampling, floor);
    }

    BlackBoxState withKept(KeptReason reason, Duration at) {
        Map<KeptReason, Duration> more = new HashMap<>(lastKept);
        more.put(reason, at);
        return new BlackBoxState(disarmed, more, sampling, floor);
    }

    BlackBoxState withSampling(boolean on) {
        return new BlackBoxState(disarmed, lastKept, on, floor);
    }

    BlackBoxState withFloor(HourlyFloor next) {
        return new BlackBoxState(disarmed, lastKept, sampling, next);
    }
}
