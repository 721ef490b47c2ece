package dev.brr.jemalloc.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the guard does, from figures alone.
 *
 * <p>Two shares of the limit keep it from flapping: pressure begins at the higher and ends below the lower. Between them
 * nothing is begun that was not begun before, and nothing ended.
 */
public final class GuardPolicy {

    private static final int CRITICAL_FACTOR = 5;
    private static final int CRITICAL_HASTE = 10;

    private final GuardSettings settings;

    /** Decides by these settings. */
    public GuardPolicy(GuardSettings settings) {
        this.settings = settings;
    }

    /** Is an action, and what to remember. */
    public record Decision(GuardState state, GuardAction action) {}

    /** Says whether a look needs to know of unused pages: a calm one does not, and asking costs. */
    public boolean asksForUnused(GuardSample sample) {
        return sample.memory().isAtLeast(settings.pressurePercent());
    }

    /**
     * Decides on one look. A purge goes before a change of decay times, which is then for the next look; but where purges
     * may be as frequent as looks, only the first one does.
     */
    public Decision decide(GuardState before, GuardSample sample) {
        GuardState seen = look(before, sample);
        if (sample.memory().isAtLeast(settings.pressurePercent())) {
            return pressed(seen, sample);
        }
        if (seen.shortened() && lasts(seen.calmSince(), sample, settings.calmFor())) {
            return new Decision(
                    new GuardState(null, seen.calmSince(), false, seen.lastPurge()), new GuardAction.RestoreDecay());
        }
        return new Decision(seen, new GuardAction.Nothing());
    }

    private Decision pressed(GuardState seen, GuardSample sample) {
        boolean shortens = !seen.shortened() && lasts(seen.pressedSince(), sample, settings.sustained());
        PurgeReason reason = purges(seen, sample);
        if (reason != null && !(shortens && hasPurged(seen))) {
            return new Decision(
                    new GuardState(seen.pressedSince(), seen.calmSince(), seen.shortened(), sample.at()),
                    new GuardAction.Purge(reason));
        }
        if (shortens) {
            return new Decision(
                    new GuardState(seen.pressedSince(), null, true, seen.lastPurge()), new GuardAction.ShortenDecay());
        }
        return new Decision(seen, new GuardAction.Nothing());
    }

    /** Whether this pressure has been answered by a purge. */
    private static boolean hasPurged(GuardState seen) {
        Duration since = seen.pressedSince();
        Duration last = seen.lastPurge();
        return since != null && last != null && last.compareTo(since) >= 0;
    }

    private GuardState look(GuardState before, GuardSample sample) {
        boolean high = sample.memory().isAtLeast(settings.pressurePercent());
        boolean low = !sample.memory().isAtLeast(settings.calmPercent());
        Duration pressedSince = low ? null : before.pressedSince();
        if (high && pressedSince == null) {
            pressedSince = sample.at();
        }
        Duration calmSince = low ? before.calmSince() : null;
        if (low && calmSince == null) {
            calmSince = sample.at();
        }
        return new GuardState(pressedSince, calmSince, before.shortened(), before.lastPurge());
    }

    private @Nullable PurgeReason purges(GuardState seen, GuardSample sample) {
        boolean critical = sample.memory().isAtLeast(settings.criticalPercent());
        long worth = sample.memory().share(settings.dirtyPercent());
        Duration wait = settings.purgeInterval();
        if (sample.unused() >= worth && elapsed(seen.lastPurge(), sample, wait)) {
            return critical ? PurgeReason.CRITICAL : PurgeReason.NEAR_LIMIT;
        }
        return critical
                        && sample.unused() >= Math.max(1, worth / CRITICAL_FACTOR)
                        && elapsed(seen.lastPurge(), sample, wait.dividedBy(CRITICAL_HASTE))
                ? PurgeReason.CRITICAL
                : null;
    }

    private static boolean lasts(@Nullable Duration since, GuardSample sample, Duration time) {
        return since != null && elapsed(since, sample, time);
    }

    private static boolean elapsed(@Nullable Duration since, GuardSample sample, Duration time) {
        return since == null || sample.at().minus(since).compareTo(time) >= 0;
    }
}
