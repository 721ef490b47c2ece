package dev.brr.jemalloc.load;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocStats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes ten times a second what a process holds: milliseconds, phase, RSS, what is allocated between requests, and,
 * where jemalloc is there, its allocated, active, dirty, resident, mapped and retained bytes.
 */
final class Timeline implements AutoCloseable {

    private static final int PERIOD_MILLIS = 100;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final long begin = System.nanoTime();
    private final @Nullable PrintWriter file;
    private final ServiceLoad load;
    private volatile String phase = "start";

    private Timeline(@Nullable PrintWriter file, ServiceLoad load) {
        this.file = file;
        this.load = load;
    }

    /** Starts writing to a file; without a name nothing is written. */
    static Timeline toFileOf(@Nullable String name, ServiceLoad load) throws IOException {
        if (name == null) {
            return new Timeline(null, load);
        }
        Timeline timeline = new Timeline(new PrintWriter(name, StandardCharsets.UTF_8), load);
        timeline.write("ms,phase,rss,live,allocated,active,dirty,resident,mapped,retained");
        timeline.sample();
        timeline.clock.scheduleAtFixedRate(timeline::sample, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return timeline;
    }

    /** Names what happens from now on. */
    void phase(String name) {
        phase = name;
    }

    @Override
    public void close() {
        clock.close();
        if (file != null) {
            file.close();
        }
    }

    private void sample() {
        try {
            long millis = (System.nanoTime() - begin) / 1_000_000;
            write("%d,%s,%d,%d,%s"
                    .formatted(millis, phase, ServiceLoadProgram.status().rss(), load.liveBytes(), stats()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String stats() {
        if (!(Jemalloc.probe() instanceof Jemalloc.Loaded loaded)) {
            return ",,,,,";
        }
        MallocStats stats = loaded.stats();
        return "%d,%d,%d,%d,%d,%d"
                .formatted(
                        stats.allocated(),
                        stats.active(),
                        stats.dirty(),
                        stats.resident(),
                        stats.mapped(),
                        stats.retained());
    }

    private void write(String line) {
        if (file != null) {
            file.println(line);
            file.flush();
        }
    }
}
