package dev.brr.jemalloc.conf;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import java.util.List;
import java.util.Map;

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

    /**
     * Lays a user's options over those of a preset.
     *
     * @param overrides options in jemalloc's own names and words, without {@code opt.}; they win over the preset
     * @param limit the CPU limit of the container, which gives the preset its {@code narenas}
     */
    public static Decision decide(Preset preset, Map<String, String> overrides, CpuLimit limit) {
        return switch (preset.conf(limit).merge(overrides)) {
            case Parsed.Valid(MallocConf conf) -> new Decision.Tuned(conf);
            case Parsed.Invalid(List<MallocConfProblem> problems) -> new Decision.Refused(problems);
        };
    }
}
