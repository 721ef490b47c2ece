package dev.brr.jemalloc;

import dev.brr.jemalloc.conf.CpuLimit;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.Preset;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.jemalloc.conf.TuningCheck;
import java.util.Map;

/** Decides and checks a tuning as an operator does, which runs on no jemalloc. */
final class TuningProgram {

    private TuningProgram() {}

    public static void main(String[] arguments) {
        Tuning.Decision refused = Tuning.decide(Preset.BALANCED, Map.of("narena", "1"), CpuLimit.none());
        if (refused instanceof Tuning.Decision.Refused(var problems)) {
            System.out.println("refused=" + problems);
        }
        Tuning.Decision decision = Tuning.decide(Preset.LOW_RSS, Map.of("narenas", "3"), CpuLimit.ofMillicores(500));
        if (decision instanceof Tuning.Decision.Tuned(MallocConf conf)) {
            System.out.println("tuned=" + conf.render());
            System.out.println("mismatches="
                    + TuningCheck.compare(conf, Map.of("narenas", "8")).size());
        }
    }
}
