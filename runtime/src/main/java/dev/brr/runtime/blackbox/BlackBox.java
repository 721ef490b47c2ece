package dev.brr.runtime.blackbox;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.jemalloc.process.RepeatedLook;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.runtime.config.BlackBoxSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Looks again and again at the memory of the process, and keeps what {@link BlackBoxPolicy} wants kept. */
public final class BlackBox implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BlackBox.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Jemalloc jemalloc;
    private final LimitedMemory.Limited memory;
    private final BlackBoxPolicy policy;
    private final EvidenceRing ring;
    private final FormerRun formerRun;
    private final Consumer<HeapProfile> profiled;
    private final LongSupplier nanoTime;
    private final long begun;
    private final BlackBoxCounts counts = new BlackBoxCounts();
    private final RepeatedLook looks;
    private BlackBoxState state = BlackBoxState.START;
    private final Sampling sampling = new Sampling();
    private String toldProblem = "";
    private boolean toldOfSampling;

    /** Is a black box, or why there is none. */
    public sealed interface Started {
        /** It looks, until it is closed. */
        record Keeping(BlackBox box) implements Started {}

        /**
         * There is none.
         *
         * @param reason what is missing
         */
        record Off(String reason) implements Started {}
    }

    private BlackBox(
            Jemalloc jemalloc,
            LimitedMemory.Limited memory,
            BlackBoxSettings settings,
            EvidenceRing ring,
            FormerRun former,
            Consumer<HeapProfile> profiled,
            LongSupplier nanoTime) {
        this.jemalloc = jemalloc;
        this.memory = memory;
        this.policy = new BlackBoxPolicy(settings);
        this.ring = ring;
        this.formerRun = former;
        this.profiled = profiled;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.looks = new RepeatedLook("brr-blackbox", INTERVAL, _ -> look(), () -> {}, BlackBox::tell);
    }

    /**
     * Starts to look, on a daemon thread of its own. What former runs kept stays.
     *
     * @param profiled gets each profile that was kept
     */
    public static Started start(
            Jemalloc jemalloc, LimitedMemory memory, BlackBoxSettings settings, Consumer<HeapProfile> profiled) {
        return start(jemalloc, memory, settings, profiled, System::nanoTime);
    }

    /** Starts by another clock than {@link System#nanoTime}, for what takes hours. */
    public static Started start(
            Jemalloc jemalloc,
            LimitedMemory memory,
            BlackBoxSettings settings,
            Consumer<HeapProfile> profiled,
            LongSupplier nanoTime) {
        if (settings.directory().isEmpty()) {
            return new Started.Off("no blackbox.directory is set");
        }
        return switch (memory) {
            case LimitedMemory.Unlimited(String reason) -> new Started.Off(reason);
            case LimitedMemory.Limited limited ->
                start(jemalloc, limited, settings, settings.directory().get(), profiled, nanoTime);
        };
    }

    private static Started start(
            Jemalloc jemalloc,
            LimitedMemory.Limited memory,
            BlackBoxSettings settings,
            Path directory,
            Consumer<HeapProfile> profiled,
            LongSupplier nanoTime) {
        String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        try {
            EvidenceRing ring = EvidenceRing.open(directory, run, settings.entries(), settings.bytes());
            BlackBox box =
                    new BlackBox(jemalloc, memory, settings, ring, FormerRun.follow(directory), profiled, nanoTime);
            box.tellOfTheFormerRun();
            box.looks.start();
            return new Started.Keeping(box);
        } catch (IOException e) {
            String reason = "blackbox.directory %s cannot be used: %s".formatted(directory, e);
            LOG.log(Level.WARNING, "No evidence will be kept when memory runs out: {0}", reason);
            return new Started.Off(reason);
        }
    }

    private void tellOfTheFormerRun() throws IOException {
        List<Evidence> former = ring.list();
        former.forEach(evidence -> counts.found(evidence));
        if (formerRun.killed()) {
            LOG.log(
                    Level.WARNING,
                    "The run before this one was killed or crashed. From before the restart there {0}",
                    former.isEmpty()
                            ? "is no evidence"
                            : "are %d pieces of evidence, the last of them %s; see /debug/heap/kept"
                                    .formatted(former.size(), former.getLast().name()));
        }
    }

    /** Lists what is kept, oldest first. */
    public List<Evidence> kept() throws IOException {
        return ring.list();
    }

    /** Reads a file of what is kept; nothing when there is none of these names. */
    public Optional<byte[]> read(String name, String file) throws IOException {
        return ring.read(name, file);
    }

    /** Whether the run before this one ended without being told to. */
    public boolean formerRunWasKilled() {
        return formerRun.killed();
    }

    /** Whether it still looks; not any more when it is closed. */
    public boolean isLooking() {
        return looks.isLooking();
    }

    /** What it has counted. */
    public BlackBoxCounts counts() {
        return counts;
    }

    /** Whether allocations are sampled because of it alone. */
    public boolean isSampling() {
        return sampling.lastDemand().isOfBlackBoxAlone();
    }

    /** What it shares with others who want allocations sampled. */
    public Sampling sampling() {
        return sampling;
    }

    /** Stops looking. The next run will know that this one was told to. */
    @Override
    public void close() {
        looks.close();
        try {
            formerRun.end();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The next run will take this one for killed", e);
        }
    }

    private static void tell(Throwable problem) {
        LOG.log(Level.WARNING, "The black box could not look at the memory of the process; it tries again", problem);
    }

    private void look() {
        memory.read().ifPresent(reading -> look(Duration.ofNanos(nanoTime.getAsLong() - begun), reading));
    }

    private void look(Duration at, MemoryReading reading) {
        BlackBoxState before = state;
        BlackBoxPolicy.Decision decision = policy.decide(before, at, reading);
        state = decision.state();
        for (BlackBoxAction action : decision.actions()) {
            switch (action) {
                case BlackBoxAction.Keep(KeptReason reason) -> {
                    if (!keep(reason, reading)) {
                        state = policy.failed(before, state, reason, at);
                    }
                }
                case BlackBoxAction.StartSampling() -> sample(this::startSampling, before);
                case BlackBoxAction.StopSampling() -> sample(this::stopSampling, before);
            }
        }
    }

    /** Keeps even where memory is short: an error here must not end the looking. */
    private boolean keep(KeptReason reason, MemoryReading reading) {
        try {
            Instant now = Instant.now();
            Snapshot.Taken taken = Snapshot.take(jemalloc, reason, now, reading);
            Evidence evidence = ring.keep(reason, now, taken.files());
            counts.kept(reason, now);
            LOG.log(
                    Level.WARNING,
                    "Kept {0}: {1} of {2} MiB of the memory limit are used; {3}",
                    evidence.name(),
                    reading.used() >> 20,
                    reading.limit() >> 20,
                    taken.finding());
            HeapProfile profile = taken.profile();
            if (profile != null) {
                profiled.accept(profile);
            }
            toldProblem = "";
            return true;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            counts.failed();
            tell(reason, e);
            return false;
        }
    }

    /** Once for as long as the problem stays the same: it is tried again and again. */
    private void tell(KeptReason reason, Throwable problem) {
        String kind = reason.tag() + problem.getClass();
        if (!kind.equals(toldProblem)) {
            toldProblem = kind;
            LOG.log(
                    Level.WARNING,
                    "No evidence could be kept for " + reason.tag()
                            + "; it is tried again while that lasts, and brr_blackbox_failures_total counts",
                    problem);
        }
    }

    private void sample(Consumer<HeapProfiler> change, BlackBoxState before) {
        try {
            if (HeapProfiler.probe(jemalloc) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler)) {
                change.accept(profiler);
            }
            toldOfSampling = false;
        } catch (RuntimeException | OutOfMemoryError e) {
            state = state.withSampling(before.sampling());
            if (!toldOfSampling) {
                toldOfSampling = true;
                LOG.log(Level.WARNING, "Sampling cannot be switched; it is tried again", e);
            }
        }
    }

    private void startSampling(HeapProfiler profiler) {
        if (sampling.start(profiler, SamplingDemand.Party.BLACK_BOX).isOfBlackBoxAlone()) {
            LOG.log(Level.INFO, "Allocations are sampled from now on, so that there is something to keep");
        }
    }

    private void stopSampling(HeapProfiler profiler) {
        SamplingDemand left = sampling.stop(profiler, SamplingDemand.Party.BLACK_BOX);
        LOG.log(
                Level.INFO,
                left.isAny()
                        ? "Memory is calm; allocations are still sampled, because a person asked for it"
                        : "Allocations are not sampled any more: memory is calm");
    }
}
