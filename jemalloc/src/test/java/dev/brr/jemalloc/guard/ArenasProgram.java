package dev.brr.jemalloc.guard;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.Mallctl;
import dev.brr.jemalloc.MallctlException;
import dev.brr.jemalloc.guard.Arenas.Decay;
import dev.brr.jemalloc.guard.Arenas.Decays;

/**
 * Sets decay times while arenas come: one by {@code arenas.create}, as threads make them, and that for large allocations,
 * which is the one behind the last of {@code opt.narenas}. Prints the times of each, as {@code dirty/muzzy}.
 */
final class ArenasProgram {

    private static final int LARGE = 16 << 20;

    private final Mallctl mallctl = ((Jemalloc.Loaded) Jemalloc.probe()).mallctl();
    private final Arenas arenas = new Arenas(mallctl);
    private final long ofLarge = mallctl.readUnsigned("opt.narenas");

    public static void main(String[] arguments) {
        new ArenasProgram().run(Long.getLong("millis", 100), Boolean.getBoolean("largeBefore"));
    }

    private void run(long millis, boolean largeBefore) {
        if (largeBefore) {
            allocateLarge();
        }
        print("large_at_first", ofLarge);
        Decays found = arenas.shorten(millis);
        print("arena_0_shortened", 0);
        allocateLarge();
        print("large_shortened", ofLarge);
        long created = mallctl.readUnsigned("arenas.create");
        print("created_shortened", created);
        arenas.restore(found);
        print("arena_0_restored", 0);
        print("large_restored", ofLarge);
        print("created_restored", created);
        System.out.println("new_restored=" + mallctl.readSigned("arenas.dirty_decay_ms") + "/"
                + mallctl.readSigned("arenas.muzzy_decay_ms"));
        set(created);
    }

    private void set(long created) {
        arenas.setDecay(new Decay(1234, -1));
        print("arena_0_set", 0);
        print("large_set", ofLarge);
        print("created_set", created);
        print("later_set", mallctl.readUnsigned("arenas.create"));
        try {
            arenas.setDecay(new Decay(7, Long.MAX_VALUE));
            System.out.println("refused=not");
        } catch (MallctlException e) {
            System.out.println("refused=" + e.control());
        }
        System.out.println("new_after_refusal=" + mallctl.readSigned("arenas.dirty_decay_ms") + "/"
                + mallctl.readSigned("arenas.muzzy_decay_ms"));
        print("arena_0_after_refusal", 0);
    }

    private static void allocateLarge() {
        new Memory(LARGE).close();
    }

    private void print(String key, long arena) {
        mallctl.advanceEpoch();
        String prefix = "arena." + arena + ".";
        System.out.println(key + "="
                + (mallctl.readBoolean(prefix + "initialized")
                        ? mallctl.readSigned(prefix + "dirty_decay_ms") + "/"
                                + mallctl.readSigned(prefix + "muzzy_decay_ms")
                        : "none"));
    }
}
