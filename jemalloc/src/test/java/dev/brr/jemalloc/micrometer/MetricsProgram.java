package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.Jemalloc;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;

/** Prints two scrapes of a service with both binders, between which it allocates. */
final class MetricsProgram {

    private static final int SHARED_MILLIS = 100;

    private MetricsProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Jemalloc jemalloc = Jemalloc.probe();
        new JemallocMetrics(jemalloc).bindTo(registry);
        new ProcessMemoryMetrics(jemalloc).bindTo(registry);
        System.gc();
        long before = epoch(jemalloc);
        print("first", registry.scrape());
        System.out.println("epochs=" + (epoch(jemalloc) - before));
        ByteBuffer held = ByteBuffer.allocateDirect(32 << 20);
        if (jemalloc instanceof Jemalloc.Loaded loaded) {
            loaded.mallctl().writeBoolean("prof.active", true);
            loaded.mallctl().call("arena.4096.purge");
        }
        Thread.sleep(2 * SHARED_MILLIS);
        System.gc();
        print("second", registry.scrape());
        System.out.println("held=" + held.capacity());
    }

    private static long epoch(Jemalloc jemalloc) {
        return jemalloc instanceof Jemalloc.Loaded loaded ? loaded.mallctl().readSize("epoch") : 0;
    }

    private static void print(String name, String scrape) {
        scrape.lines().forEach(line -> System.out.println(name + ":" + line));
    }
}
