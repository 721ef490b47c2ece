package dev.brr.jemalloc.process;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the memory of a process as the kernel counts it, proc_pid_status(5). All in bytes.
 *
 * @param rss what is in physical memory ({@code VmRSS})
 * @param peakRss the most that ever was ({@code VmHWM}); the kernel keeps it, so that no sampling can miss it
 * @param vss address space ({@code VmSize})
 * @param anonymousRss the part of {@code rss} that no file backs ({@code RssAnon}): heaps, stacks, what malloc gave
 */
public record ProcessStatus(long rss, long peakRss, long vss, long anonymousRss) {

    private static final long KIB = 1024;

    /** Reads {@code /proc/<pid>/status}; empty where it has no such lines, as for a kernel thread or a zombie. */
    public static Optional<ProcessStatus> parse(String text) {
        OptionalLong rss = bytes(text, "VmRSS");
        OptionalLong peakRss = bytes(text, "VmHWM");
        OptionalLong vss = bytes(text, "VmSize");
        OptionalLong anonymousRss = bytes(text, "RssAnon");
        if (rss.isEmpty() || peakRss.isEmpty() || vss.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ProcessStatus(rss.getAsLong(), peakRss.getAsLong(), vss.getAsLong(), anonymousRss.orElse(0)));
    }

    private static OptionalLong bytes(String text, String field) {
        Matcher line = Pattern.compile("(?m)^" + field + ":\\s+(\\d+) kB$").matcher(text);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * KIB) : OptionalLong.empty();
    }
}
