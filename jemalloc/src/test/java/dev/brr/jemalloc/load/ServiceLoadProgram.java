package dev.brr.jemalloc.load;

import com.sun.management.OperatingSystemMXBean;
import dev.brr.jemalloc.load.ServiceLoad.Mix;
import dev.brr.jemalloc.process.ProcessStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Leads a service through a day and prints what its process held and took.
 *
 * <p>The cache fills with small entries; at the peak larger ones take the place of many; then four of five are let go,
 * and nothing happens for a while, before the load comes back. Prints
 * {@code live_*}, what is allocated between requests, and {@code *rss}, in bytes; {@code cpu_s}, {@code requests} and
 * {@code page_faults} of the load, the warm-up left out; {@code idle_cpu_s}; {@code burst_*}, what the load takes that
 * comes back. It says {@code idle=begins} as soon as the load is over, for who wants to use the machine meanwhile.
 */
final class ServiceLoadProgram {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int THREADS = Integer.getInteger("threads", 8);
    private static final int ENTRIES = Integer.getInteger("entries", 20_000);
    private static final int REQUESTS = Integer.getInteger("requests", 480_000);
    private static final int IDLE_MILLIS = Integer.getInteger("idleMillis", 15_000);
    private static final int SETTLE_MILLIS = Math.min(200, IDLE_MILLIS);

    private ServiceLoadProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (ServiceLoad load = new ServiceLoad(THREADS, ENTRIES);
                Timeline timeline = Timeline.toFileOf(System.getProperty("timeline"), load)) {
            timeline.phase("warm-up");
            load.serve(REQUESTS / 4, Mix.SMALL, 7);
            load.drain(100, 8);
            day(load, timeline);
        }
    }

    private static void day(ServiceLoad load, Timeline timeline) throws Exception {
        double cpu = cpuSeconds();
        long faults = pageFaults();
        timeline.phase("load");
        load.serve(2 * REQUESTS / 3, Mix.SMALL, 1);
        print("live_load", load.liveBytes());
        print("load_rss", status().rss());
        timeline.phase("peak");
        load.serve(REQUESTS / 3, Mix.LARGE, 2);
        print("live_peak", load.liveBytes());
        load.drain(80, 3);
        print("requests", REQUESTS);
        print("cpu_s", cpuSeconds() - cpu);
        print("page_faults", pageFaults() - faults);
        cpu = cpuSeconds();
        timeline.phase("idle");
        System.out.println("idle=begins");
        idle(load, cpu);
        timeline.phase("burst");
        burst(load);
    }

    private static void idle(ServiceLoad load, double cpu) throws Exception {
        Thread.sleep(SETTLE_MILLIS);
        print("live_idle", load.liveBytes());
        print("after_load_rss", status().rss());
        Thread.sleep(IDLE_MILLIS - SETTLE_MILLIS);
        print("after_idle_rss", status().rss());
        print("peak_rss", status().peakRss());
        print("idle_cpu_s", cpuSeconds() - cpu);
    }

    /** The load comes back, to an allocator that gave its memory back meanwhile, or did not. */
    private static void burst(ServiceLoad load) throws Exception {
        double cpu = cpuSeconds();
        long faults = pageFaults();
        load.serve(REQUESTS / 4, Mix.SMALL, 4);
        print("burst_requests", REQUESTS / 4);
        print("burst_cpu_s", cpuSeconds() - cpu);
        print("burst_page_faults", pageFaults() - faults);
    }

    static ProcessStatus status() throws IOException {
        Optional<ProcessStatus> status = ProcessStatus.parse(Files.readString(Path.of("/proc/self/status")));
        return status.orElseThrow();
    }

    private static double cpuSeconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /** Counts page faults that needed no disk: {@code minflt}, proc_pid_stat(5), the 8th field behind the name. */
    private static long pageFaults() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[7]);
    }

    private static void print(String key, double value) {
        System.out.println(key + "=" + String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3f", value));
    }
}
