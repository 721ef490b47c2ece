package dev.brr.runtime.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many file descriptors the process may have, and how many of them connections may take.
 *
 * <p>A web server that finds none for the connection that it accepts stops to listen for good (seen with Helidon 4.5.0),
 * while the process lives on: so it must not come to that.
 */
final class DescriptorLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String NAME = "Max open files";
    /** Connections that are accepted, and not yet told that there are too many. */
    private static final int SHARE_AT_THE_DOOR = 16;

    private static final int LEAST_AT_THE_DOOR = 8;

    private DescriptorLimit() {}

    /**
     * What one port may have.
     *
     * @param served connections that are served at a time
     * @param accepted connections that are accepted at a time, with those that are at once refused
     */
    record Connections(int served, int accepted) {}

    /** Finds how many more there may be; no bound where the system does not say it in the way of Linux. */
    static long left() {
        try (Stream<Path> open = Files.list(OPEN)) {
            return Math.max(1, in(Files.readAllLines(LIMITS)) - open.count());
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }

    /** Finds the limit that counts in the lines of {@code /proc/self/limits} (proc(5)). */
    static long in(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(NAME)) {
                String soft = line.substring(NAME.length()).strip().split("\\s+", 2)[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Gives the service's port three quarters of those left at most: the rest is for files, other hosts and probes. */
    static Connections forService(int wanted, long left) {
        return within(wanted, left / 4 * 3);
    }

    /** Gives the management port an eighth of those left at most. */
    static Connections forManagement(int wanted, long left) {
        return within(wanted, left / 8);
    }

    private static Connections within(int wanted, long most) {
        long atTheDoor = Math.max(LEAST_AT_THE_DOOR, Math.min(wanted, most) / SHARE_AT_THE_DOOR);
        int served = Math.clamp(most - atTheDoor, 1, wanted);
        return new Connections(served, (int) Math.min(Integer.MAX_VALUE, served + atTheDoor));
    }
}
