package dev.brr.jemalloc.process;

import java.util.OptionalLong;

/**
 * Holds what the control group with the least memory limit says. All in bytes.
 *
 * @param limit beyond which the kernel kills
 * @param usage all that is charged to the group, the page cache too
 * @param fileCache the part of {@code usage} that the kernel takes back before it kills
 */
public record CgroupMemory(long limit, long usage, long fileCache) {

    /** Returns what cannot be taken back: when this reaches the limit, a process is killed. */
    public long used() {
        return Math.max(0, usage - fileCache);
    }

    /** Sums the file pages of {@code memory.stat}; version 1 has sums over the folders below under {@code total_}. */
    static long fileCache(int version, String stat) {
        String prefix = version == 1 ? "total_" : "";
        return entry(stat, prefix + "inactive_file").orElse(0)
                + entry(stat, prefix + "active_file").orElse(0);
    }

    private static OptionalLong entry(String stat, String name) {
        return stat.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .filter(number -> number.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
