package dev.brr.jemalloc;

import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.TuningCheck;
import java.util.Map;

/** Prints what a service would answer about its allocator, and what differs from its MALLOC_CONF. */
public final class ReportProgram {

    private ReportProgram() {}

    /** Prints one key=value a line. */
    public static void main(String[] arguments) {
        Jemalloc jemalloc = Jemalloc.probe();
        MallocReport report = MallocReport.of(jemalloc);
        for (Map.Entry<String, Object> entry : report.toMap().entrySet()) {
            System.out.println(entry.getKey() + "=" + entry.getValue());
        }
        report.effective().forEach((option, value) -> System.out.println("opt." + option + "=" + value));
        if (MallocConf.parse(report.requested()) instanceof MallocConf.Parsed.Valid(MallocConf requested)) {
            System.out.println("mismatches=" + TuningCheck.compare(requested, report.effective()));
        }
        System.out.println("probed_again=" + Jemalloc.probe().equals(jemalloc));
    }
}
