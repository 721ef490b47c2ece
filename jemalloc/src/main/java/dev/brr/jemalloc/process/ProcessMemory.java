package dev.brr.jemalloc.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the memory and the limits of this process. Where a file is missing, what it would say is not known. */
public final class ProcessMemory {

    private final Path root;

    private ProcessMemory(Path root) {
        this.root = root;
    }

    /** Reads below {@code /proc} and {@code /sys/fs/cgroup}. */
    public static ProcessMemory ofThisProcess() {
        return new ProcessMemory(Path.of("/"));
    }

    /** Reads the same files below another folder, e.g. {@code /proc/42/root} for those of another container. */
    public static ProcessMemory below(Path root) {
        return new ProcessMemory(root);
    }

    /** Returns what the process takes now; empty on anything but Linux. */
    public Optional<ProcessStatus> status() {
        return text(Path.of("/proc/self/status")).flatMap(ProcessStatus::parse);
    }

    /** Returns the limits as they are now; Kubernetes may change those of a running pod. */
    public CgroupLimits limits() {
        Optional<String> cgroup = text(Path.of("/proc/self/cgroup"));
        Optional<String> mountinfo = text(Path.of("/proc/self/mountinfo"));
        if (cgroup.isEmpty() || mountinfo.isEmpty()) {
            return CgroupLimits.none();
        }
        return new CgroupLimits(
                CgroupFolders.find(cgroup.get(), mountinfo.get(), "memory")
                        .map(this::memory)
                        .orElse(OptionalLong.empty()),
                CgroupFolders.find(cgroup.get(), mountinfo.get(), "cpu")
                        .map(this::cpu)
                        .orElse(OptionalInt.empty()));
    }

    /** Finds the folders of a controller. */
    Optional<CgroupFolders> folders(String controller) {
        return text(Path.of("/proc/self/cgroup"))
                .flatMap(cgroup -> text(Path.of("/proc/self/mountinfo"))
                        .flatMap(mountinfo -> CgroupFolders.find(cgroup, mountinfo, controller)));
    }

    private OptionalLong memory(CgroupFolders found) {
        String file = found.version() == 1 ? "memory.limit_in_bytes" : "memory.max";
        return found.folders().stream()
                .flatMap(folder -> text(folder.resolve(file)).stream())
                .map(CgroupLimits::memory)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private OptionalInt cpu(CgroupFolders found) {
        return found.folders().stream()
                .map(folder -> found.version() == 1 ? cpuOfVersion1(folder) : cpuOfVersion2(folder))
                .flatMapToInt(OptionalInt::stream)
                .min();
    }

    private OptionalInt cpuOfVersion1(Path folder) {
        return text(folder.resolve("cpu.cfs_quota_us"))
                .map(quota -> CgroupLimits.cpu(
                        quota, text(folder.resolve("cpu.cfs_period_us")).orElse("")))
                .orElse(OptionalInt.empty());
    }

    private OptionalInt cpuOfVersion2(Path folder) {
        return text(folder.resolve("cpu.max")).map(CgroupLimits::cpuMax).orElse(OptionalInt.empty());
    }

    Optional<String> text(Path absolute) {
        try {
            return Optional.of(Files.readString(root.resolve(Path.of("/").relativize(absolute))));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
