package dev.brr.jemalloc;

import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.misc.Unsafe;

/** Allocates native memory in several ways and prints what jemalloc's statistics say of it. */
final class StatisticsProgram {

    private static final int MIB = 1 << 20;

    private StatisticsProgram() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Jemalloc.Loaded jemalloc = (Jemalloc.Loaded) Jemalloc.probe();
        consistency(jemalloc.stats());
        unsafeMemory(jemalloc);
        directBuffers(jemalloc);
        arenas(jemalloc);
        smallObjects(jemalloc);
        pages(jemalloc);
        sameAsPrinted(jemalloc);
        epochs(jemalloc);
        texts(jemalloc);
        threads(jemalloc);
    }

    private static void consistency(MallocStats stats) {
        System.out.println("allocated=" + stats.allocated());
        System.out.println("active_minus_allocated=" + (stats.active() - stats.allocated()));
        System.out.println("resident_minus_active=" + (stats.resident() - stats.active()));
        System.out.println("mapped_minus_active=" + (stats.mapped() - stats.active()));
        System.out.println("metadata=" + stats.metadata());
        System.out.println("arenas=" + stats.arenas());
        System.out.println("background_threads=" + stats.backgroundThreads());
        System.out.println(
                "live_small=" + (stats.small().mallocs() - stats.small().dallocs()));
        System.out.println(
                "live_large=" + (stats.large().mallocs() - stats.large().dallocs()));
        System.out.println("requests=" + stats.requests());
    }

    private static void unsafeMemory(Jemalloc.Loaded jemalloc) throws ReflectiveOperationException {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Unsafe unsafe = (Unsafe) field.get(null);
        MallocStats before = jemalloc.stats();
        long address = unsafe.allocateMemory(64 * MIB);
        unsafe.setMemory(address, 64 * MIB, (byte) 1);
        MallocStats during = jemalloc.stats();
        unsafe.freeMemory(address);
        MallocStats after = jemalloc.stats();
        System.out.println("unsafe_allocated=" + (during.allocated() - before.allocated()));
        System.out.println("unsafe_resident=" + (during.resident() - before.resident()));
        System.out.println("unsafe_large_mallocs="
                + (during.large().mallocs() - before.large().mallocs()));
        System.out.println("unsafe_freed=" + (during.allocated() - after.allocated()));
        System.out.println("unsafe_dirty_or_returned="
                + (after.dirty()
                        - before.dirty()
                        + after.retained()
                        - before.retained()
                        + 4096
                                * (after.purgedPages().dirty()
                                        - before.purgedPages().dirty())));
    }

    private static void directBuffers(Jemalloc.Loaded jemalloc) {
        MallocStats before = jemalloc.stats();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            buffers.add(ByteBuffer.allocateDirect(MIB));
        }
        System.out.println("direct_allocated=" + (jemalloc.stats().allocated() - before.allocated()));
        System.out.println("direct_kept=" + buffers.size());
    }

    private static void arenas(Jemalloc.Loaded jemalloc) {
        MallocStats before = jemalloc.stats();
        try (Arena arena = Arena.ofConfined()) {
            System.out.println("segment_bytes=" + arena.allocate(8 * MIB).byteSize());
            System.out.println("segment_allocated=" + (jemalloc.stats().allocated() - before.allocated()));
        }
    }

    private static void smallObjects(Jemalloc.Loaded jemalloc) {
        MallocStats before = jemalloc.stats();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 10_000; i++) {
                arena.allocate(100);
            }
            MallocStats during = jemalloc.stats();
            System.out.println("small_mallocs="
                    + (during.small().mallocs() - before.small().mallocs()));
            System.out.println("small_requests="
                    + (during.small().requests() - before.small().requests()));
        }
        System.out.println("small_dallocs="
                + (jemalloc.stats().small().dallocs() - before.small().dallocs()));
    }

    /** Frees pieces of which jemalloc gives back at once what makes 8 MiB together, and purges the rest. */
    private static void pages(Jemalloc.Loaded jemalloc) {
        MallocStats before = jemalloc.stats();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 8; i++) {
                arena.allocate(4 * MIB);
            }
        }
        MallocStats dirty = jemalloc.stats();
        jemalloc.mallctl().call("arena.4096.purge");
        MallocStats purged = jemalloc.stats();
        System.out.println("dirty_after_free=" + dirty.dirty());
        System.out.println("muzzy_after_free=" + dirty.muzzy());
        System.out.println("dirty_after_purge=" + purged.dirty());
        System.out.println("dirty_pages_purged="
                + (purged.purgedPages().dirty() - before.purgedPages().dirty()));
        System.out.println("muzzy_pages_purged="
                + (purged.purgedPages().muzzy() - before.purgedPages().muzzy()));
    }

    /** Compares with the line that jemalloc itself prints, a moment later. */
    private static void sameAsPrinted(Jemalloc.Loaded jemalloc) {
        MallocStats stats = jemalloc.stats();
        Map<String, Long> known = Map.of(
                "Allocated", stats.allocated(),
                "active", stats.active(),
                "metadata", stats.metadata(),
                "resident", stats.resident(),
                "mapped", stats.mapped(),
                "retained", stats.retained());
        String printed = jemalloc.statsPrint("mdablxeh");
        known.forEach((name, bytes) -> {
            Matcher line = Pattern.compile("\\b" + name + ": (\\d+)").matcher(printed);
            System.out.println("printed_" + name + "=" + (line.find() ? Long.parseLong(line.group(1)) - bytes : "?"));
        });
    }

    private static void epochs(Jemalloc.Loaded jemalloc) {
        long before = jemalloc.mallctl().readSize("epoch");
        jemalloc.statsNotOlderThan(Duration.ofHours(1));
        jemalloc.statsNotOlderThan(Duration.ofHours(1));
        jemalloc.statsNotOlderThan(Duration.ofHours(1));
        System.out.println("epochs_of_three_shared=" + (jemalloc.mallctl().readSize("epoch") - before));
        jemalloc.stats();
        jemalloc.stats();
        System.out.println("epochs_with_two_more=" + (jemalloc.mallctl().readSize("epoch") - before));
        System.out.println("epoch_answer=" + (jemalloc.mallctl().advanceEpoch() - before));
    }

    private static void texts(Jemalloc.Loaded jemalloc) {
        String json = jemalloc.statsJson();
        System.out.println(
                "json_is_one_object=" + (json.startsWith("{") && json.strip().endsWith("}")));
        System.out.println("json_has_merged_arenas=" + json.contains("\"merged\""));
        System.out.println("json_has_opt=" + json.contains("\"dirty_decay_ms\""));
        System.out.println("text_is_a_report=" + jemalloc.statsPrint("mdablxeh").contains("Begin jemalloc statistics"));
        System.out.println("version=" + jemalloc.version());
        System.out.println("config_prof=" + jemalloc.configProf());
    }

    private static void threads(Jemalloc.Loaded jemalloc) {
        List<Thread> readers = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 300; n++) {
                    MallocStats stats = jemalloc.stats();
                    boolean plausible = stats.allocated() > 0
                            && stats.allocated() <= stats.active()
                            && stats.arenas() < 100
                            && jemalloc.mallctl().readBoolean("opt.abort_conf");
                    if (!plausible) {
                        synchronized (failures) {
                            failures.add(stats.toString());
                        }
                    }
                }
            }));
        }
        for (Thread reader : readers) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        System.out.println("torn_readings=" + failures.size());
    }
}
