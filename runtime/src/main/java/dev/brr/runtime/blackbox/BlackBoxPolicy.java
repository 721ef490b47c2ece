package dev.brr.runtime.blackbox;

import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.runtime.config.BlackBoxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when evidence is kept, from figures alone.
 *
 * <p>A share of the limit is told of once when it is reached, and again only after use has fallen ten percent of the limit
 * below it. The first reason of a kind is told of at once, a further one after the interval. What could not be kept does
 * not count as told of.
 */
final class BlackBoxPolicy {
    /** How far use has to fall below a share before the share counts as left. */
    static final int REARM_PERCENT = 10;

    /** Growth below this is none, whatever its percentage. */
    static final long LEAST_GROWTH = 8 << 20;

    /** When a share is tried again for the first time; each time after takes twice as long, up to the interval. */
    static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    /** How long allocations are sampled before evidence of growth is worth having that had no profile at first. */
    static final Duration SAMPLED_FOR = Duration.ofMinutes(10);

    private static final int MOST_DOUBLINGS = 16;

    private final BlackBoxSettings settings;

    BlackBoxPolicy(BlackBoxSettings settings) {
        this.settings = settings;
    }

    /** What to do, in this order, and what to remember. */
    record Decision(BlackBoxState state, List<BlackBoxAction> actions) {
        Decision {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Decides on one look.
     *
     * @param at since the black box began; never falls
     */
    Decision decide(BlackBoxState before, Duration at, MemoryReading memory) {
        List<BlackBoxAction> actions = new ArrayList<>();
        BlackBoxState state = before;
        if (!state.sampling() && memory.isAtLeast(settings.samplingPercent())) {
            state = state.withSampling(true);
            actions.add(new BlackBoxAction.StartSampling());
        }
        state = shares(state, at, memory, actions);
        state = again(state, at, actions);
        state = floor(state, at, memory, actions);
        return new Decision(state, actions);
    }

    /** Of two shares that are reached at once, only the higher is worth evidence. */
    private BlackBoxState shares(
            BlackBoxState before, Duration at, MemoryReading memory, List<BlackBoxAction> actions) {
        BlackBoxState state = before;
        boolean told = false;
        for (int percent : List.of(settings.secondPercent(), settings.firstPercent())) {
            KeptReason reason = KeptReason.limit(percent);
            if (!memory.isAtLeast(Math.max(1, percent - REARM_PERCENT))) {
                state = state.withArmed(percent);
            } else if (memory.isAtLeast(percent) && !state.disarmed().contains(percent)) {
                if (told) {
                    state = state.withDisarmed(percent);
                } else if (mayKeep(state, reason, at)) {
                    state = state.withDisarmed(percent).withKept(reason, at);
                    actions.add(new BlackBoxAction.Keep(reason));
                    told = true;
                }
            }
        }
        return state;
    }

    /** Growth far below the limit is told of when sampling begins, so that its first evidence has no profile. */
    private BlackBoxState again(BlackBoxState before, Duration at, List<BlackBoxAction> actions) {
        Duration due = before.again();
        if (due == null || at.compareTo(due) < 0 || !mayKeep(before, KeptReason.FLOOR_GROWTH, at)) {
            return before;
        }
        actions.add(new BlackBoxAction.Keep(KeptReason.FLOOR_GROWTH));
        return before.withKept(KeptReason.FLOOR_GROWTH, at).withAgain(null);
    }

    private BlackBoxState floor(BlackBoxState before, Duration at, MemoryReading memory, List<BlackBoxAction> actions) {
        HourlyFloor floor = before.floor();
        BlackBoxState state = before.withFloor(floor.with(at, memory.used()));
        return floor.endsAt(at) ? hourEnded(state, floor.ended(), at, memory, actions) : state;
    }

    private BlackBoxState hourEnded(
            BlackBoxState before,
            HourlyFloor.Ended hour,
            Duration at,
            MemoryReading memory,
            List<BlackBoxAction> actions) {
        BlackBoxState state = before;
        boolean grows = hour.growthBytes() >= LEAST_GROWTH && hour.growthPercent() * 2 >= settings.growthPercent();
        boolean begins = grows && !state.sampling();
        if (begins) {
            state = state.withSampling(true);
            actions.add(new BlackBoxAction.StartSampling());
        } else if (!grows
                && state.sampling()
                && !memory.isAtLeast(settings.samplingPercent())
                && hour.peak() < memory.share(settings.samplingPercent() - REARM_PERCENT)) {
            state = state.withSampling(false);
            actions.add(new BlackBoxAction.StopSampling());
        }
        if (grows && hour.growthPercent() >= settings.growthPercent() && mayKeep(state, KeptReason.FLOOR_GROWTH, at)) {
            state = state.withKept(KeptReason.FLOOR_GROWTH, at)
                    .withFloor(state.floor().measuredFrom(hour.low()))
                    .withAgain(begins ? at.plus(SAMPLED_FOR) : state.again());
            actions.add(new BlackBoxAction.Keep(KeptReason.FLOOR_GROWTH));
        }
        return state;
    }

    /**
     * Tells what to remember when a piece of evidence could not be kept: a share is tried again while it lasts, ever more
     * rarely, growth at the end of the next hour, and its second piece after the interval.
     *
     * @param before what was remembered before the decision
     * @param decided what the decision wanted remembered
     */
    BlackBoxState failed(BlackBoxState before, BlackBoxState decided, KeptReason reason, Duration at) {
        BlackBoxState state = decided.withoutKept(reason, before);
        if (reason.equals(KeptReason.FLOOR_GROWTH)) {
            if (before.again() != null && decided.again() == null) {
                return state.withAgain(at.plus(settings.interval()));
            }
            HourlyFloor floor = decided.floor();
            return state.withAgain(before.again())
                    .withFloor(floor.measuredFrom(
                            before.floor().with(at, floor.low()).reference()));
        }
        for (int percent : decided.disarmed()) {
            if (!before.disarmed().contains(percent)) {
                state = state.withRetry(percent, retry(before.retries().get(KeptReason.limit(percent)), at));
            }
        }
        return state;
    }

    private BlackBoxState.Retry retry(BlackBoxState.@Nullable Retry last, Duration at) {
        int failures = last == null ? 1 : last.failures() + 1;
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return new BlackBoxState.Retry(
                failures, at.plus(wait.compareTo(settings.interval()) < 0 ? wait : settings.interval()));
    }

    private boolean mayKeep(BlackBoxState state, KeptReason reason, Duration at) {
        BlackBoxState.Retry retry = state.retries().get(reason);
        if (retry != null && at.compareTo(retry.from()) < 0) {
            return false;
        }
        Duration last = state.lastKept().get(reason);
        return last == null || at.minus(last).compareTo(settings.interval()) >= 0;
    }
}
