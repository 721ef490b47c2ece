package dev.brr.jemalloc.process;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@link CgroupMemory} again and again from folders that it found once: a process stays in its groups. */
final class CgroupMemoryReader {

    private final ProcessMemory memory;
    private final CgroupFolders folders;

    private CgroupMemoryReader(ProcessMemory memory, CgroupFolders folders) {
        this.memory = memory;
        this.folders = folders;
    }

    static Optional<CgroupMemoryReader> find(ProcessMemory memory) {
        return memory.folders("memory").map(folders -> new CgroupMemoryReader(memory, folders));
    }

    /** Reads; empty where no group has a limit, or its files cannot be read. */
    Optional<CgroupMemory> read() {
        boolean first = folders.version() == 1;
        return folders.folders().stream()
                .flatMap(folder -> limit(folder, first).stream().mapToObj(limit -> Map.entry(folder, limit)))
                .min(Comparator.comparingLong(Map.Entry::getValue))
                .filter(least -> least.getValue() > 0)
                .flatMap(least -> usage(least.getKey(), first)
                        .map(usage -> new CgroupMemory(
                                least.getValue(),
                                usage,
                                memory.text(least.getKey().resolve("memory.stat"))
                                        .map(stat -> CgroupMemory.fileCache(folders.version(), stat))
                                        .orElse(0L))));
    }

    private OptionalLong limit(Path folder, boolean first) {
        return memory.text(folder.resolve(first ? "memory.limit_in_bytes" : "memory.max"))
                .map(CgroupLimits::memory)
                .orElse(OptionalLong.empty());
    }

    private Optional<Long> usage(Path folder, boolean first) {
        return memory.text(folder.resolve(first ? "memory.usage_in_bytes" : "memory.current"))
                .map(String::strip)
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }
}
