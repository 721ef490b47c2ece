package dev.brr.jemalloc.process;

import java.util.Optional;
import java.util.OptionalLong;

/** Is how much of its memory limit a process uses, or why that cannot be told. */
public sealed interface LimitedMemory {

    /** There is a limit. */
    non-sealed interface Limited extends LimitedMemory {
        /** Reads how it stands; empty while a file cannot be read. */
        Optional<MemoryReading> read();
    }

    /**
     * There is none.
     *
     * @param reason what was looked for and how to give one
     */
    record Unlimited(String reason) implements LimitedMemory {}

    /**
     * Looks for a limit.
     *
     * <p>That of a control group counts, with what is charged to the group. A configured limit counts where there is no
     * other or where it is less; it is compared with the RSS of the process, for nothing is known of a group with it.
     *
     * @param configured a limit in bytes that somebody names
     */
    static LimitedMemory find(ProcessMemory memory, OptionalLong configured) {
        Optional<CgroupMemoryReader> group = CgroupMemoryReader.find(memory);
        Optional<CgroupMemory> now = group.flatMap(CgroupMemoryReader::read);
        if (now.isPresent() && now.get().limit() <= configured.orElse(Long.MAX_VALUE)) {
            return (Limited) () -> group.get().read().map(read -> new MemoryReading(read.limit(), read.used()));
        }
        if (configured.orElse(0) > 0) {
            return (Limited)
                    () -> memory.status().map(status -> new MemoryReading(configured.getAsLong(), status.rss()));
        }
        return new Unlimited("no control group of the process has a memory limit, and none is configured");
    }
}
