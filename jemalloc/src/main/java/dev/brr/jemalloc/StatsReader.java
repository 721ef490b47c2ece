package dev.brr.jemalloc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import dev.brr.jemalloc.conf.ControlType;
import java.util.concurrent.locks.ReentrantLock;

/** Reads {@link MallocStats} after one advance of the epoch, by MIB and without allocating on the way. */
final class StatsReader {

    /** {@code MALLCTL_ARENAS_ALL}: stands for all arenas merged in {@code stats.arenas.<i>}. */
    private static final String ALL = "stats.arenas.4096.";

    private final Mallctl mallctl;
    private final ReentrantLock lock = new ReentrantLock();
    private final Memory value = new Memory(Long.BYTES);
    private final Memory length = new Memory(Native.SIZE_T_SIZE);

    private final long page;
    private final Mib epoch;
    private final Mib allocated;
    private final Mib active;
    private final Mib metadata;
    private final Mib resident;
    private final Mib mapped;
    private final Mib retained;
    private final Mib dirtyPages;
    private final Mib muzzyPages;
    private final Mib dirtyPurged;
    private final Mib muzzyPurged;
    private final Mib arenas;
    private final Mib backgroundThreads;
    private final CallMibs small;
    private final CallMibs large;

    private record CallMibs(Mib mallocs, Mib dallocs, Mib requests) {}

    StatsReader(Mallctl mallctl) {
        this.mallctl = mallctl;
        page = mallctl.readSize("arenas.page");
        epoch = mallctl.mib("epoch");
        allocated = mallctl.mib("stats.allocated");
        active = mallctl.mib("stats.active");
        metadata = mallctl.mib("stats.metadata");
        resident = mallctl.mib("stats.resident");
        mapped = mallctl.mib("stats.mapped");
        retained = mallctl.mib("stats.retained");
        dirtyPages = mallctl.mib(ALL + "pdirty");
        muzzyPages = mallctl.mib(ALL + "pmuzzy");
        dirtyPurged = mallctl.mib(ALL + "dirty_purged");
        muzzyPurged = mallctl.mib(ALL + "muzzy_purged");
        arenas = mallctl.mib("arenas.narenas");
        backgroundThreads = mallctl.mib("stats.background_thread.num_threads");
        small = calls("small.");
        large = calls("large.");
    }

    MallocStats read() {
        lock.lock();
        try {
            mallctl.write(epoch, ControlType.UINT64, 1, value);
            return new MallocStats(
                    size(allocated),
                    size(active),
                    size(metadata),
                    size(resident),
                    size(mapped),
                    size(retained),
                    size(dirtyPages) * page,
                    size(muzzyPages) * page,
                    new MallocStats.Purged(size(dirtyPurged), size(muzzyPurged)),
                    mallctl.read(arenas, ControlType.UNSIGNED, value, length),
                    size(backgroundThreads),
                    calls(small),
                    calls(large));
        } finally {
            lock.unlock();
        }
    }

    /** Reads a {@code bool} that is asked for at each scrape: looking it up by name costs as much as all statistics. */
    boolean isTrue(Mib control) {
        lock.lock();
        try {
            return mallctl.read(control, ControlType.BOOL, value, length) != 0;
        } finally {
            lock.unlock();
        }
    }

    private CallMibs calls(String kind) {
        return new CallMibs(
                mallctl.mib(ALL + kind + "nmalloc"),
                mallctl.mib(ALL + kind + "ndalloc"),
                mallctl.mib(ALL + kind + "nrequests"));
    }

    private MallocStats.Calls calls(CallMibs mibs) {
        return new MallocStats.Calls(size(mibs.mallocs()), size(mibs.dallocs()), size(mibs.requests()));
    }

    private long size(Mib mib) {
        return mallctl.read(mib, ControlType.SIZE, value, length);
    }
}
