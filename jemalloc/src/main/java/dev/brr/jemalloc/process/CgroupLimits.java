package dev.brr.jemalloc.process;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Holds the limits of the control groups that a process is in: of its container, its pod, or its service.
 *
 * @param memoryBytes beyond which the kernel kills; empty without a limit
 * @param cpuMillicores the CPU time it may use, 1000 for one CPU all the time; empty without a limit
 */
public record CgroupLimits(OptionalLong memoryBytes, OptionalInt cpuMillicores) {

    private static final long UNLIMITED_V1 = 1L << 62;
    private static final int MILLIS = 1000;

    /** Returns the absence of limits. */
    public static CgroupLimits none() {
        return new CgroupLimits(OptionalLong.empty(), OptionalInt.empty());
    }

    /** Reads {@code memory.max} or {@code memory.limit_in_bytes}; version 1 writes a huge number for no limit. */
    static OptionalLong memory(String text) {
        OptionalLong bytes = number(text.strip());
        return bytes.orElse(-1) >= 0 && bytes.orElse(-1) < UNLIMITED_V1 ? bytes : OptionalLong.empty();
    }

    /** Reads {@code cpu.max}: quota and period in microseconds, or the word {@code max} for the quota. */
    static OptionalInt cpuMax(String text) {
        String[] fields = text.strip().split(" ", -1);
        return fields.length == 2 ? cpu(fields[0], fields[1]) : OptionalInt.empty();
    }

    /** Reads {@code cpu.cfs_quota_us}, -1 for no limit, and {@code cpu.cfs_period_us}. */
    static OptionalInt cpu(String quota, String period) {
        OptionalLong quotaMicros = number(quota.strip());
        OptionalLong periodMicros = number(period.strip());
        if (quotaMicros.orElse(-1) <= 0 || periodMicros.orElse(0) <= 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                Math.toIntExact(Math.ceilDiv(quotaMicros.getAsLong() * MILLIS, periodMicros.getAsLong())));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }
}
