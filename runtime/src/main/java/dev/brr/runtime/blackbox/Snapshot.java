package dev.brr.runtime.blackbox;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocStats;
import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.jemalloc.process.ProcessMemory;
import dev.brr.jemalloc.process.ProcessStatus;
import dev.brr.jemalloc.profile.CollapsedStacks;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.jemalloc.profile.JavaFrames;
import dev.brr.jemalloc.profile.Pprof;
import dev.brr.runtime.contract.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the files of one piece of evidence: a profile where there can be one, and figures in any case. */
final class Snapshot {
    private static final int OPERATIONS = 10;

    private final Jemalloc jemalloc;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Object> about = new LinkedHashMap<>();
    private String finding = "";
    private @Nullable HeapProfile kept;

    private Snapshot(Jemalloc jemalloc) {
        this.jemalloc = jemalloc;
    }

    /**
     * What was taken.
     *
     * @param files by name
     * @param finding what a person should read first
     * @param profile what is in the files, if there is one
     */
    record Taken(
            Map<String, byte[]> files,
            String finding,
            @Nullable HeapProfile profile) {
        Taken {
            files = Map.copyOf(files);
        }
    }

    /** Takes it. What cannot be had is missing, and the file about it says why. */
    static Taken take(Jemalloc jemalloc, KeptReason reason, Instant taken, MemoryReading memory) {
        Snapshot snapshot = new Snapshot(jemalloc);
        snapshot.about.put("reason", reason.tag());
        snapshot.about.put("taken", taken.toString());
        snapshot.about.put(
                "started",
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                        .toString());
        snapshot.about.put("limitBytes", memory.limit());
        snapshot.about.put("usedBytes", memory.used());
        ProcessMemory.ofThisProcess()
                .status()
                .map(ProcessStatus::rss)
                .ifPresent(rss -> snapshot.about.put("rssBytes", rss));
        snapshot.about.put("jvm", jvm());
        snapshot.statistics();
        snapshot.about.put("profile", snapshot.profile());
        snapshot.files.put(Evidence.ABOUT, Json.MAPPER.writeValueAsBytes(snapshot.about));
        return new Taken(snapshot.files, snapshot.finding, snapshot.kept);
    }

    private static Map<String, Object> jvm() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage rest = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        Map<String, Object> jvm = new LinkedHashMap<>();
        jvm.put("heapUsedBytes", heap.getUsed());
        jvm.put("heapCommittedBytes", heap.getCommitted());
        jvm.put("nonHeapCommittedBytes", rest.getCommitted());
        jvm.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        return jvm;
    }

    private void statistics() {
        if (jemalloc instanceof Jemalloc.Loaded loaded) {
            MallocStats stats = loaded.stats();
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("allocatedBytes", stats.allocated());
            figures.put("activeBytes", stats.active());
            figures.put("residentBytes", stats.resident());
            figures.put("dirtyBytes", stats.dirty());
            figures.put("muzzyBytes", stats.muzzy());
            figures.put("metadataBytes", stats.metadata());
            figures.put("retainedBytes", stats.retained());
            about.put("jemalloc", figures);
            files.put(Evidence.STATISTICS, loaded.statsJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Map<String, Object> profile() {
        return switch (HeapProfiler.probe(jemalloc)) {
            case HeapProfiler.Probe.Unavailable(String why) -> none(why);
            case HeapProfiler.Probe.Ready(HeapProfiler profiler) -> {
                try {
                    HeapProfile profile = profiler.take();
                    yield profile.stacks().isEmpty()
                            ? none("nothing was sampled that is still in use; sampling is "
                                    + (profiler.isActive() ? "on" : "off"))
                            : profile(profiler, profile);
                } catch (IOException e) {
                    yield none("the profile could not be taken: " + e.getMessage());
                }
            }
        };
    }

    private Map<String, Object> none(String why) {
        finding = "statistics alone, without a profile: " + why;
        return Map.of("kept", false, "reason", why);
    }

    private Map<String, Object> profile(HeapProfiler profiler, HeapProfile profile) {
        kept = profile;
        files.put(Evidence.PPROF, Pprof.write(profile));
        files.put(Evidence.COLLAPSED, CollapsedStacks.write(profile).getBytes(StandardCharsets.UTF_8));
        List<HeapProfile.Share> shares = profile.by(HeapProfile.Stack::operation);
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("kept", true);
        about.put("javaFrames", profiler.frames() instanceof JavaFrames.Hooked);
        about.put("sampleBytes", profile.sampleBytes());
        about.put("bytes", profile.bytes());
        about.put(
                "operations",
                shares.stream()
                        .limit(OPERATIONS)
                        .map(share ->
                                Map.of("operation", share.name(), "bytes", share.bytes(), "objects", share.objects()))
                        .toList());
        Optional<HeapProfile.Share> first =
                shares.stream().filter(share -> !share.name().isEmpty()).findFirst();
        finding = "%d MiB were sampled; %s"
                .formatted(
                        profile.bytes() >> 20,
                        first.map(share -> "of the operations, " + share.name() + " holds the most, "
                                        + (share.bytes() >> 20) + " MiB")
                                .orElse("none of it belongs to an operation"));
        return about;
    }
}
