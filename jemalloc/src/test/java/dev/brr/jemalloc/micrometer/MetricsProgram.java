package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.Jemalloc;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;

/** Prints two scrapes of a service with both binders, between which it allocates. */
final class MetricsProgram {

    private static final String RSS = "process_memory_rss_bytes ";

    private MetricsProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Jemalloc jemalloc = Jemalloc.probe();
        new JemallocMetrics(jemalloc).bindTo(registry);
        new ProcessMemoryMetrics(jemalloc).bindTo(registry);
        System.gc();
        long before = epoch(jemalloc);
        String first = registry.scrape();
        print("first", first);
        long seen = epoch(jemalloc);
        System.out.println("epochs=" + (seen - before));
        ByteBuffer held = ByteBuffer.allocateDirect(32 << 20);
        if (jemalloc instanceof Jemalloc.Loaded loaded) {
            loaded.mallctl().writeBoolean("prof.active", true);
            loaded.mallctl().call("arena.4096.purge");
        }
        System.gc();
        String second = registry.scrape();
        while (rss(second).equals(rss(first)) || isShared(jemalloc, seen)) {
            // What is waited for is the clock: a scrape has the readings of the one before until they are some age.
            Thread.sleep(10);
            second = registry.scrape();
        }
        print("second", second);
        System.out.println("held=" + held.capacity());
    }

    private static long epoch(Jemalloc jemalloc) {
        return jemalloc instanceof Jemalloc.Loaded loaded ? loaded.mallctl().readSize("epoch") : 0;
    }

    /** Whether a scrape still has the reading of the one before. */
    private static boolean isShared(Jemalloc jemalloc, long seen) {
        return jemalloc instanceof Jemalloc.Loaded && epoch(jemalloc) == seen;
    }

    private static String rss(String scrape) {
        return scrape.lines().filter(line -> line.startsWith(RSS)).findFirst().orElseThrow();
    }

    private static void print(String name, String scrape) {
        scrape.lines().forEach(line -> System.out.println(name + ":" + line));
    }
}
