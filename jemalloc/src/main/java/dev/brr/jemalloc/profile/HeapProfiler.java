package dev.brr.jemalloc.profile;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.Mallctl;
import dev.brr.jemalloc.MallctlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Switches jemalloc's sampling on and off, and takes profiles. Safe for use by many threads. */
public final class HeapProfiler {

    /** Held while a profile is taken, and while samples are forgotten: a profile is of before or of after. */
    private static final Object DUMPING = new Object();

    /** How often samples were forgotten, in this process. */
    private static long resets;

    private final Mallctl mallctl;
    private final Clock clock;

    private HeapProfiler(Mallctl mallctl, Clock clock) {
        this.mallctl = mallctl;
        this.clock = clock;
    }

    /** Is a profiler, or the reason why there is none. */
    public sealed interface Probe {
        /** Profiles can be taken. */
        record Ready(HeapProfiler profiler) implements Probe {}

        /**
         * They cannot.
         *
         * @param reason what is missing and what to do
         */
        record Unavailable(String reason) implements Probe {}
    }

    /**
     * Looks whether this process can be profiled. Loads nothing and switches nothing on, unless allocations are sampled
     * already ({@code prof_active:true}): then it sets the hook for Java frames, for samples taken before it have none.
     */
    public static Probe probe(Jemalloc jemalloc) {
        return switch (jemalloc) {
            case Jemalloc.Absent(var _, var explanation) -> new Probe.Unavailable(explanation);
            case Jemalloc.Loaded loaded
            when !loaded.configProf() ->
                new Probe.Unavailable("this jemalloc was built without --enable-prof; use another build");
            case Jemalloc.Loaded loaded
            when !loaded.mallctl().readBoolean("opt.prof") ->
                new Probe.Unavailable(
                        "the process was started without prof:true, and profiling cannot be made ready later; add"
                                + " prof:true,prof_active:false to MALLOC_CONF");
            case Jemalloc.Loaded loaded -> {
                HeapProfiler profiler = new HeapProfiler(loaded.mallctl(), Clock.systemUTC());
                profiler.nameWhatIsSampled();
                yield new Probe.Ready(profiler);
            }
        };
    }

    /** Sets the hook where sampling was begun without it: by an option, or by {@code prof.active} alone. */
    private void nameWhatIsSampled() {
        if (isActive()) {
            JavaFrames.install();
        }
    }

    /** Says whether allocations are being sampled. */
    public boolean isActive() {
        return mallctl.readBoolean("prof.active");
    }

    /** Starts to sample; the first time, sets the hook for Java frames. What was allocated before is not in profiles. */
    public void start() {
        JavaFrames.install();
        mallctl.writeBoolean("prof.active", true);
    }

    /** Ends sampling; what was sampled stays in profiles until it is freed. */
    public void stop() {
        mallctl.writeBoolean("prof.active", false);
    }

    /** Forgets all samples, and from now on takes one each {@code 2^lgSample} bytes on average. */
    public void reset(int lgSample) {
        reset(() -> mallctl.writeSize("prof.reset", lgSample));
    }

    /** Forgets all samples. */
    public void reset() {
        reset(() -> mallctl.call("prof.reset"));
    }

    private static void reset(Runnable forget) {
        synchronized (DUMPING) {
            forget.run();
            resets++;
        }
    }

    /** Says whether profiles have Java frames, and otherwise why not. */
    public JavaFrames frames() {
        return JavaFrames.now();
    }

    /**
     * Takes a profile of what is in use and was sampled: it is empty where nobody called {@link #start()} and the process
     * was not started with {@code prof_active:true}. Takes some tens of milliseconds; one at a time.
     *
     * @throws IOException when the temporary file cannot be written, or jemalloc wrote what cannot be read
     */
    public HeapProfile take() throws IOException {
        nameWhatIsSampled();
        synchronized (DUMPING) {
            Path file = temporary();
            try {
                dump(file);
                return read(Files.readString(file, StandardCharsets.ISO_8859_1), resets);
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path temporary() throws IOException {
        try {
            return Files.createTempFile("brr", ".heap");
        } catch (IOException e) {
            throw new IOException(
                    "jemalloc dumps into a temporary file, and none can be made: %s; -Djava.io.tmpdir names the folder"
                            .formatted(e),
                    e);
        }
    }

    private void dump(Path file) throws IOException {
        try {
            mallctl.writeString("prof.dump", file.toString());
        } catch (MallctlException e) {
            throw new IOException(
                    "jemalloc could not write its dump into %s; is there room, and may it be written? %s"
                            .formatted(file.getParent(), e.getMessage()),
                    e);
        }
    }

    private HeapProfile read(String dump, long resetsBefore) throws IOException {
        return switch (HeapV2Reader.read(dump)) {
            case HeapV2Reader.Outcome.Malformed(int line, String message) ->
                throw new IOException("the heap dump cannot be read, line %d: %s".formatted(line, message));
            case HeapV2Reader.Outcome.Read(HeapSamples samples) ->
                HeapProfile.of(
                        samples,
                        new FrameNames(new NativeNames(samples.mappings()), new OwnMethods()),
                        clock.instant(),
                        resetsBefore);
        };
    }

    /** The methods of this process, as the hook's library names them. */
    private static final class OwnMethods implements FrameNames.Methods {
        @Override
        public Optional<String> describe(long method) {
            return Optional.ofNullable(HookLibrary.describe(method));
        }

        @Override
        public int line(long method, int bytecodeIndex) {
            return HookLibrary.line(method, bytecodeIndex);
        }

        @Override
        public Optional<String> operation(long number) {
            return ProfiledOperation.operation(number);
        }
    }
}
