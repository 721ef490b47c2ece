package dev.brr.jemalloc.guard;

import dev.brr.jemalloc.Mallctl;
import dev.brr.jemalloc.MallctlException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Purges jemalloc's arenas and sets their decay times, jemalloc(3), {@code arena.<i>.purge} and
 * {@code arena.<i>.dirty_decay_ms}.
 *
 * <p>Decay times are set arena by arena: for all at once ({@code arena.4096.…}) jemalloc answers {@code EFAULT}.
 */
public final class Arenas {

    private static final long NEVER = -1;
    private static final String OF_NEW = "arenas.";

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

        /** Refuses what is no time. */
        public Decay {
            if (dirty < NEVER || muzzy < NEVER) {
                throw new IllegalArgumentException(
                        "decay times are milliseconds, or -1 for never: not dirty %d, muzzy %d"
                                .formatted(dirty, muzzy));
            }
        }

        /** Returns these times, each not longer than the given one. */
        public Decay atMost(long millis) {
            return new Decay(atMost(dirty, millis), atMost(muzzy, millis));
        }

        private static long atMost(long time, long millis) {
            return time == NEVER ? millis : Math.min(time, millis);
        }

        /** Returns these times, and another's in place of those that are as in a third one. */
        Decay insteadOf(Decay third, Decay other) {
            return new Decay(dirty == third.dirty ? other.dirty : dirty, muzzy == third.muzzy ? other.muzzy : muzzy);
        }
    }

    /**
     * Holds decay times as they were found.
     *
     * @param ofNew those that arenas to come had
     * @param shortened those that arenas to come got in their place
     * @param byArena those of each arena that there was, by its number
     */
    public record Decays(Decay ofNew, Decay shortened, Map<Long, Decay> byArena) {
        /** Copies. */
        public Decays {
            byArena = Map.copyOf(byArena);
        }
    }

    /** Gives the unused pages of every arena back. Takes as long as the kernel needs for them. */
    public void purge() {
        forEach(arena -> mallctl.call(prefix(arena) + "purge"));
    }

    /** Returns the decay time of dirty pages in arenas to come, which is that of all unless somebody set one's alone. */
    public long dirtyDecayMillis() {
        return mallctl.readSigned("arenas.dirty_decay_ms");
    }

    /**
     * Sets the decay times of every arena that there is and of those to come. What is unused for longer already goes at
     * jemalloc's next look, which it makes by itself with {@code background_thread:true} and otherwise as memory is used.
     *
     * <p>A {@link MemoryGuard} that has shortened them at that moment sets back later what it had found.
     *
     * @throws dev.brr.jemalloc.MallctlException for a time that jemalloc does not take; then none is changed
     */
    public void setDecay(Decay decay) {
        Decay before = ofNew();
        try {
            set(OF_NEW, decay);
        } catch (MallctlException e) {
            set(OF_NEW, before);
            throw e;
        }
        forEach(arena -> set(prefix(arena), decay));
    }

    /**
     * Makes no decay time longer than the given one, and returns what they were. Arenas to come get a millisecond for none:
     * jemalloc gives the one for large allocations a time of its own only where theirs is above 0.
     */
    public Decays shorten(long millis) {
        Decay ofNew = ofNew();
        Decay shortened = ofNew.atMost(Math.max(1, millis));
        Map<Long, Decay> byArena = new HashMap<>();
        set(OF_NEW, shortened);
        forEach(arena -> {
            Decay found = read(prefix(arena));
            byArena.put(arena, found);
            set(prefix(arena), found.atMost(millis));
        });
        return new Decays(ofNew, shortened, byArena);
    }

    /**
     * Sets what was found. An arena that came since has a time that those to come had meanwhile, and gets the one that they
     * had before; or jemalloc has given it one of its own, as that for allocations of {@code oversize_threshold} and more,
     * whose pages go at once: that is left alone.
     */
    public void restore(Decays decays) {
        set(OF_NEW, decays.ofNew());
        forEach(arena -> {
            Decay known = decays.byArena().get(arena);
            set(
                    prefix(arena),
                    known != null ? known : read(prefix(arena)).insteadOf(decays.shortened(), decays.ofNew()));
        });
    }

    /** Which arenas there are changes for who asks only when the epoch advances. */
    private void forEach(LongConsumer action) {
        mallctl.advanceEpoch();
        for (long arena = 0; arena < count(); arena++) {
            if (exists(arena)) {
                action.accept(arena);
            }
        }
    }

    private static String prefix(long arena) {
        return "arena." + arena + ".";
    }

    private Decay ofNew() {
        return read(OF_NEW);
    }

    private Decay read(String prefix) {
        return new Decay(mallctl.readSigned(prefix + "dirty_decay_ms"), mallctl.readSigned(prefix + "muzzy_decay_ms"));
    }

    private void set(String prefix, Decay decay) {
        mallctl.writeSigned(prefix + "dirty_decay_ms", decay.dirty());
        mallctl.writeSigned(prefix + "muzzy_decay_ms", decay.muzzy());
    }

    private long count() {
        return mallctl.readUnsigned("arenas.narenas");
    }

    private boolean exists(long arena) {
        return mallctl.readBoolean(prefix(arena) + "initialized");
    }
}
