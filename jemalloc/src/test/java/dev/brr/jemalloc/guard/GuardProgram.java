package dev.brr.jemalloc.guard;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.Mallctl;
import dev.brr.jemalloc.MallocStats;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.jemalloc.process.ProcessMemory;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Makes dirty memory that nothing would give back, with a guard that sees as much of a limit used as it is told. */
final class GuardProgram {

    private static final int MIB = 1 << 20;
    private static final int PIECES = 64;
    private static final GuardSettings SETTINGS = GuardSettings.DEFAULTS.withTimes(
            Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(200));

    private final Jemalloc.Loaded jemalloc = (Jemalloc.Loaded) Jemalloc.probe();
    private final Mallctl mallctl = jemalloc.mallctl();
    private final AtomicInteger percent = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    public static void main(String[] arguments) {
        new GuardProgram().run();
    }

    private void run() {
        LimitedMemory.Limited memory = () -> switch (looks.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("the control group went");
            case 2 -> throw new OutOfMemoryError("for the test");
            default -> Optional.of(new MemoryReading(PIECES * MIB, percent.get() * (PIECES * MIB / 100L)));
        };
        dirty();
        print("dirty_mib", unused() / MIB);
        print("rss_before_mib", rss() / MIB);
        var started = MemoryGuard.start(jemalloc, memory, SETTINGS);
        if (!(started instanceof MemoryGuard.Started.Guarding(MemoryGuard guard))) {
            throw new AssertionError(started);
        }
        print("decay_calm", guard.dirtyDecayMillis());
        percent.set(90);
        await(() -> guard.purges(PurgeReason.NEAR_LIMIT) > 0);
        print("dirty_after_mib", unused() / MIB);
        print("rss_after_mib", rss() / MIB);
        print("reclaimed_mib", guard.reclaimedBytes() / MIB);
        print("purge_micros", guard.purging().toNanos() / 1000);
        await(() -> guard.pressure() == Pressure.SHORTENED && guard.dirtyDecayMillis() == SETTINGS.decayMillis());
        print("decay_shortened", guard.dirtyDecayMillis());
        print("decay_shortened_arena_0", mallctl.readSigned("arena.0.dirty_decay_ms"));
        percent.set(98);
        await(() -> {
            dirty();
            return guard.purges(PurgeReason.CRITICAL) > 0;
        });
        print("critical_purges", guard.purges(PurgeReason.CRITICAL));
        percent.set(10);
        await(() -> guard.pressure() == Pressure.CALM && guard.dirtyDecayMillis() != SETTINGS.decayMillis());
        print("decay_restored", guard.dirtyDecayMillis());
        print("decay_restored_arena_0", mallctl.readSigned("arena.0.dirty_decay_ms"));
        percent.set(90);
        await(() -> guard.pressure() == Pressure.SHORTENED && guard.dirtyDecayMillis() == SETTINGS.decayMillis());
        print("looking", guard.isLooking() ? 1 : 0);
        guard.close();
        print("looking_closed", guard.isLooking() ? 1 : 0);
        print("decay_closed", guard.dirtyDecayMillis());
        print("decay_closed_arena_0", mallctl.readSigned("arena.0.dirty_decay_ms"));
    }

    /** Frees pieces that lie in an arena's extents, too small to be given back at once. */
    private static void dirty() {
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < PIECES; i++) {
                arena.allocate(MIB).fill((byte) 1);
            }
        }
    }

    private long unused() {
        MallocStats stats = jemalloc.stats();
        return stats.dirty() + stats.muzzy();
    }

    private static long rss() {
        return ProcessMemory.ofThisProcess().status().orElseThrow().rss();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited for 30 seconds");
            }
            Thread.onSpinWait();
        }
    }

    private static void print(String key, long value) {
        System.out.println(key + "=" + value);
    }
}
