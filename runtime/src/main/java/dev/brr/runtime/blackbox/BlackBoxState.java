package dev.brr.runtime.blackbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the black box remembers from one look to the next.
 *
 * @param disarmed the shares of the limit that are told of and have not been left since
 * @param lastKept when evidence was kept for a reason last
 * @param retries when to try again what could not be kept, by reason
 * @param sampling whether it lets jemalloc sample
 * @param floor the lows of hours
 * @param again when growth is told of once more, because sampling began only with its evidence; null for not
 */
record BlackBoxState(
        Set<Integer> disarmed,
        Map<KeptReason, Duration> lastKept,
        Map<KeptReason, Retry> retries,
        boolean sampling,
        HourlyFloor floor,
        @Nullable Duration again) {
    static final BlackBoxState START = new BlackBoxState(Set.of(), Map.of(), Map.of(), false, HourlyFloor.START, null);

    /**
     * Says when to try again what failed.
     *
     * @param failures how often it did, one after the other
     * @param from not before
     */
    record Retry(int failures, Duration from) {}

    BlackBoxState {
        disarmed = Set.copyOf(disarmed);
        lastKept = Map.copyOf(lastKept);
        retries = Map.copyOf(retries);
    }

    BlackBoxState withDisarmed(int percent) {
        Set<Integer> more = new HashSet<>(disarmed);
        more.add(percent);
        return new BlackBoxState(more, lastKept, retries, sampling, floor, again);
    }

    BlackBoxState withArmed(int percent) {
        Set<Integer> less = new HashSet<>(disarmed);
        less.remove(percent);
        Map<KeptReason, Retry> fewer = new HashMap<>(retries);
        fewer.remove(KeptReason.limit(percent));
        return new BlackBoxState(less, lastKept, fewer, sampling, floor, again);
    }

    BlackBoxState withKept(KeptReason reason, Duration at) {
        Map<KeptReason, Duration> more = new HashMap<>(lastKept);
        more.put(reason, at);
        return new BlackBoxState(disarmed, more, retries, sampling, floor, again);
    }

    /** As if evidence had not been kept for the reason since an earlier state. */
    BlackBoxState withoutKept(KeptReason reason, BlackBoxState earlier) {
        Map<KeptReason, Duration> less = new HashMap<>(lastKept);
        less.remove(reason);
        Duration last = earlier.lastKept.get(reason);
        if (last != null) {
            less.put(reason, last);
        }
        return new BlackBoxState(disarmed, less, retries, sampling, floor, again);
    }

    /** With a share that counts as not told of, and is not tried again before the retry says so. */
    BlackBoxState withRetry(int percent, Retry retry) {
        Set<Integer> less = new HashSet<>(disarmed);
        less.remove(percent);
        Map<KeptReason, Retry> more = new HashMap<>(retries);
        more.put(KeptReason.limit(percent), retry);
        return new BlackBoxState(less, lastKept, more, sampling, floor, again);
    }

    BlackBoxState withSampling(boolean on) {
        return new BlackBoxState(disarmed, lastKept, retries, on, floor, again);
    }

    BlackBoxState withFloor(HourlyFloor next) {
        return new BlackBoxState(disarmed, lastKept, retries, sampling, next, again);
    }

    BlackBoxState withAgain(@Nullable Duration at) {
        return new BlackBoxState(disarmed, lastKept, retries, sampling, floor, at);
    }
}
