package dev.brr.jemalloc.conf;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Decides which options a service gets. */
public final class Tuning {

    private Tuning() {}

    /** Is what became of a wish. */
    public sealed interface Decision {
        /** The options to start the service with; they begin with {@code abort_conf:true}. */
        record Tuned(MallocConf conf) implements Decision {}

        /** The wish cannot be had. {@code problems} is never empty; its messages are for the person who wished. */
        record Refused(List<MallocConfProblem> problems) implements Decision {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Decides for a build with profiling, as {@link #decide(Preset, Map, CpuLimit, JemallocBuild)}. */
    public static Decision decide(Preset preset, Map<String, String> overrides, CpuLimit limit) {
        return decide(preset, overrides, limit, JemallocBuild.AMD64);
    }

    /**
     * Lays a user's options over those of a preset. What the build does not know is left out of the preset, and refused
     * where the user asked for it.
     *
     * @param overrides options in jemalloc's own names and words, without {@code opt.}; they win over the preset
     * @param limit the CPU limit of the container, which gives the preset its {@code narenas}
     * @param build the library that the container has
     */
    public static Decision decide(Preset preset, Map<String, String> overrides, CpuLimit limit, JemallocBuild build) {
        List<MallocConfProblem> unknown = unknown(preset, overrides, build);
        if (!unknown.isEmpty()) {
            return new Decision.Refused(unknown);
        }
        return switch (known(preset.conf(limit), build).merge(overrides)) {
            case Parsed.Valid(MallocConf conf) -> new Decision.Tuned(conf);
            case Parsed.Invalid(List<MallocConfProblem> problems) -> new Decision.Refused(problems);
        };
    }

    private static List<MallocConfProblem> unknown(Preset preset, Map<String, String> overrides, JemallocBuild build) {
        Stream<String> wished = preset == Preset.PROFILING
                ? Stream.concat(Stream.of("prof"), overrides.keySet().stream())
                : overrides.keySet().stream();
        return wished.filter(option -> !build.knows(option))
                .distinct()
                .map(option -> new MallocConfProblem(
                        option,
                        MallocConfProblem.NO_POSITION,
                        Reason.REFUSED,
                        "%s is refused: Debian's libjemalloc2 5.3.0 for %s is built without profiling and would not start"
                                .formatted(option, build.architecture())))
                .toList();
    }

    private static MallocConf known(MallocConf preset, JemallocBuild build) {
        MallocConf known = MallocConf.empty();
        for (Map.Entry<String, String> option : preset.options().entrySet()) {
            if (build.knows(option.getKey())) {
                known = known.with(option.getKey(), option.getValue());
            }
        }
        return known;
    }
}
