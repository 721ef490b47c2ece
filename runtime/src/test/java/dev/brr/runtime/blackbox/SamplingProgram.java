package dev.brr.runtime.blackbox;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.runtime.blackbox.SamplingDemand.Party;
import java.util.ArrayList;
import java.util.List;

/** Makes the changes of each argument, as {@code person+ box+ box-}, and prints whether jemalloc samples after each. */
final class SamplingProgram {
    private SamplingProgram() {}

    /** Begins each argument anew, with nobody who wants it. */
    public static void main(String[] arguments) {
        if (!(HeapProfiler.probe(Jemalloc.probe()) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new IllegalStateException("no profiler: " + HeapProfiler.probe(Jemalloc.probe()));
        }
        for (String changes : arguments) {
            profiler.stop();
            Sampling sampling = new Sampling();
            List<String> sampled = new ArrayList<>();
            for (String change : changes.split(" ")) {
                change(profiler, sampling, change);
                sampled.add(profiler.isActive() ? "on" : "off");
            }
            System.out.println(changes + ": " + String.join(" ", sampled));
        }
    }

    private static void change(HeapProfiler profiler, Sampling sampling, String change) {
        switch (change) {
            case "person+" -> sampling.start(profiler, Party.PERSON);
            case "person-" -> sampling.stop(profiler, Party.PERSON);
            case "box+" -> sampling.start(profiler, Party.BLACK_BOX);
            case "box-" -> sampling.stop(profiler, Party.BLACK_BOX);
            case "code+" -> profiler.start();
            case "code-" -> profiler.stop();
            default -> throw new IllegalArgumentException(change);
        }
    }
}
