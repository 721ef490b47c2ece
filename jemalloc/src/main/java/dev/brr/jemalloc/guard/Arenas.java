package dev.brr.jemalloc.guard;

import dev.brr.jemalloc.Mallctl;
import java.util.ArrayList;
import java.util.List;

/**
 * Purges jemalloc's arenas and sets their decay times, jemalloc(3), {@code arena.<i>.purge} and
 * {@code arena.<i>.dirty_decay_ms}.
 *
 * <p>Decay times are set arena by arena: for all at once ({@code arena.4096.…}) jemalloc answers {@code EFAULT}.
 */
public final class Arenas {

    private static final long NEVER = -1;

    private final Mallctl mallctl;

    /** Acts by these controls. */
    public Arenas(Mallctl mallctl) {
        this.mallctl = mallctl;
    }

    /**
     * Holds decay times in milliseconds; -1 for pages that are never given back.
     *
     * @param dirty until an unused page becomes muzzy, or goes where muzzy is 0
     * @param muzzy until a muzzy one goes
     */
    public record Decay(long dirty, long muzzy) {

        /** Returns these times, each not longer than the given one. */
        public Decay atMost(long millis) {
            return new Decay(atMost(dirty, millis), atMost(muzzy, millis));
        }

        private static long atMost(long time, long millis) {
            return time == NEVER ? millis : Math.min(time, millis);
        }
    }

    /**
     * Holds decay times as they were found.
     *
     * @param ofNew those that arenas to come will have
     * @param byArena those of each arena; of one that did not exist yet, those of new ones
     */
    public record Decays(Decay ofNew, List<Decay> byArena) {
        /** Copies. */
        public Decays {
            byArena = List.copyOf(byArena);
        }
    }

    /** Gives the unused pages of every arena back. Takes as long as the kernel needs for them. */
    public void purge() {
        for (long arena = 0; arena < count(); arena++) {
            if (exists(arena)) {
                mallctl.call("arena." + arena + ".purge");
            }
        }
    }

    /** Returns the decay time of dirty pages in arenas to come, which is that of all unless somebody set one's alone. */
    public long dirtyDecayMillis() {
        return mallctl.readSigned("arenas.dirty_decay_ms");
    }

    /** Makes no decay time longer than the given one, and returns what they were. */
    public Decays shorten(long millis) {
        Decay ofNew =
                new Decay(mallctl.readSigned("arenas.dirty_decay_ms"), mallctl.readSigned("arenas.muzzy_decay_ms"));
        List<Decay> byArena = new ArrayList<>();
        set("arenas.", ofNew.atMost(millis));
        for (long arena = 0; arena < count(); arena++) {
            String prefix = "arena." + arena + ".";
            Decay found = exists(arena)
                    ? new Decay(
                            mallctl.readSigned(prefix + "dirty_decay_ms"),
                            mallctl.readSigned(prefix + "muzzy_decay_ms"))
                    : ofNew;
            byArena.add(found);
            if (exists(arena)) {
                set(prefix, found.atMost(millis));
            }
        }
        return new Decays(ofNew, byArena);
    }

    /** Sets what was found; arenas that came since get what those to come get. */
    public void restore(Decays decays) {
        set("arenas.", decays.ofNew());
        for (long arena = 0; arena < count(); arena++) {
            if (exists(arena)) {
                boolean known = arena < decays.byArena().size();
                set("arena." + arena + ".", known ? decays.byArena().get((int) arena) : decays.ofNew());
            }
        }
    }

    private void set(String prefix, Decay decay) {
        mallctl.writeSigned(prefix + "dirty_decay_ms", decay.dirty());
        mallctl.writeSigned(prefix + "muzzy_decay_ms", decay.muzzy());
    }

    private long count() {
        return mallctl.readUnsigned("arenas.narenas");
    }

    private boolean exists(long arena) {
        return mallctl.readBoolean("arena." + arena + ".initialized");
    }
}
