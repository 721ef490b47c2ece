package dev.brr.jemalloc.guard;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocStats;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.jemalloc.process.RepeatedLook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Looks again and again at the memory of the process, and does what {@link GuardPolicy} decides. */
public final class MemoryGuard implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MemoryGuard.class.getName());

    private final Jemalloc.Loaded jemalloc;
    private final LimitedMemory.Limited memory;
    private final GuardSettings settings;
    private final GuardPolicy policy;
    private final Arenas arenas;
    private final Map<PurgeReason, AtomicLong> purges = new EnumMap<>(PurgeReason.class);
    private final AtomicLong reclaimed = new AtomicLong();
    private final AtomicLong purgeNanos = new AtomicLong();
    private final RepeatedLook looks;
    private volatile GuardState state = GuardState.START;
    private Arenas.@Nullable Decays found;

    /** Is a guard, or why there is none. */
    public sealed interface Started {
        /** It looks, until it is closed. */
        record Guarding(MemoryGuard guard) implements Started {}

        /**
         * There is none.
         *
         * @param reason what is missing
         */
        record Off(String reason) implements Started {}
    }

    private MemoryGuard(Jemalloc.Loaded jemalloc, LimitedMemory.Limited memory, GuardSettings settings) {
        this.jemalloc = jemalloc;
        this.memory = memory;
        this.settings = settings;
        this.policy = new GuardPolicy(settings);
        this.arenas = new Arenas(jemalloc.mallctl());
        for (PurgeReason reason : PurgeReason.values()) {
            purges.put(reason, new AtomicLong());
        }
        this.looks = new RepeatedLook("brr-guard", settings.interval(), this::look, this::restore, MemoryGuard::tell);
    }

    /** Starts to look, on a daemon thread of its own. */
    public static Started start(Jemalloc jemalloc, LimitedMemory memory, GuardSettings settings) {
        return switch (jemalloc) {
            case Jemalloc.Absent(var _, var explanation) -> new Started.Off(explanation);
            case Jemalloc.Loaded loaded ->
                switch (memory) {
                    case LimitedMemory.Unlimited(var reason) -> new Started.Off(reason);
                    case LimitedMemory.Limited limited -> {
                        MemoryGuard guard = new MemoryGuard(loaded, limited, settings);
                        guard.looks.start();
                        yield new Started.Guarding(guard);
                    }
                };
        };
    }

    /** Whether it still looks; not any more when it is closed. */
    public boolean isLooking() {
        return looks.isLooking();
    }

    /** Returns how it sees the process now. */
    public Pressure pressure() {
        return state.pressure();
    }

    /** Returns how often pages were given back for a reason. */
    public long purges(PurgeReason reason) {
        AtomicLong count = purges.get(reason);
        return count == null ? 0 : count.get();
    }

    /** Returns by how many bytes unused pages became less over all purges. */
    public long reclaimedBytes() {
        return reclaimed.get();
    }

    /** Returns how long all purges took together. */
    public Duration purging() {
        return Duration.ofNanos(purgeNanos.get());
    }

    /** Returns the decay time of dirty pages now, in milliseconds; -1 where they are kept for ever. */
    public long dirtyDecayMillis() {
        return arenas.dirtyDecayMillis();
    }

    /** Stops looking, and restores decay times. */
    @Override
    public void close() {
        looks.close();
    }

    private static void tell(Throwable problem) {
        LOG.log(Level.ERROR, "The memory guard could not do its work; it tries again", problem);
    }

    private void look(Duration at) {
        Optional<MemoryReading> reading = memory.read();
        if (reading.isEmpty()) {
            return;
        }
        GuardSample sample = new GuardSample(at, reading.get(), 0);
        if (policy.asksForUnused(sample)) {
            sample = new GuardSample(at, reading.get(), unused());
        }
        GuardPolicy.Decision decision = policy.decide(state, sample);
        switch (decision.action()) {
            case GuardAction.Nothing() -> {}
            case GuardAction.Purge(PurgeReason reason) -> purge(reason, sample);
            case GuardAction.ShortenDecay() -> {
                found = arenas.shorten(settings.decayMillis());
                LOG.log(
                        Level.WARNING,
                        "{0} of the memory limit is used for {1} s: unused pages stay for {2} ms from now on",
                        percent(sample),
                        settings.sustained().toSeconds(),
                        settings.decayMillis());
            }
            case GuardAction.RestoreDecay() -> {
                restore();
                LOG.log(Level.INFO, "{0} of the memory limit is used: decay times are as before", percent(sample));
            }
        }
        state = decision.state();
    }

    private void purge(PurgeReason reason, GuardSample sample) {
        long begun = System.nanoTime();
        arenas.purge();
        purgeNanos.addAndGet(System.nanoTime() - begun);
        reclaimed.addAndGet(Math.max(0, sample.unused() - unused()));
        AtomicLong count = purges.get(reason);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    private long unused() {
        MallocStats stats = jemalloc.stats();
        return stats.dirty() + stats.muzzy();
    }

    private void restore() {
        Arenas.Decays before = found;
        if (before != null) {
            arenas.restore(before);
            found = null;
        }
    }

    private static String percent(GuardSample sample) {
        return sample.memory().used() * 100 / sample.memory().limit() + " %";
    }
}
