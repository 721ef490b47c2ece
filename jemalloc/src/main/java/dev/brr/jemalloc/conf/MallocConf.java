package dev.brr.jemalloc.conf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Holds options for {@code MALLOC_CONF} that jemalloc 5.3.0 takes exactly as written, in their order; {@code abort_conf} is
 * always the first, for jemalloc would not end at a mistake that it reads before it.
 *
 * <p>An instance is valid by construction: every option exists, every value is in range, no two options contradict
 * each other, and none is among those a service must not have. Immutable.
 */
public final class MallocConf {

    private static final String ABORT_CONF = "abort_conf";
    private static final MallocConf EMPTY = new MallocConf(new LinkedHashMap<>());

    private final Map<String, String> options;

    private MallocConf(SequencedMap<String, String> options) {
        String abort = options.get(ABORT_CONF);
        if (abort != null) {
            options.putFirst(ABORT_CONF, abort);
        }
        this.options = Collections.unmodifiableSequencedMap(options);
    }

    /** Is what a text or a map turned out to be. */
    public sealed interface Parsed {
        /** Every option is all right. */
        record Valid(MallocConf conf) implements Parsed {}

        /** At least one is not. {@code problems} names all of them, in the order of the text, and is never empty. */
        record Invalid(List<MallocConfProblem> problems) implements Parsed {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Returns options that say nothing; renders as the empty text. */
    public static MallocConf empty() {
        return EMPTY;
    }

    /**
     * Reads the text of a {@code MALLOC_CONF}.
     *
     * <p>Finds every problem at once, where jemalloc stops at the first malformed part. The empty text is valid.
     */
    public static Parsed parse(String text) {
        MallocConfReader reader = MallocConfReader.ofText(text);
        reader.findContradictions();
        return reader.result();
    }

    /** Reads options that came as a map; problems carry no position. For options on top of a preset: {@link Tuning}. */
    public static Parsed of(Map<String, String> options) {
        MallocConfReader reader = MallocConfReader.ofMap(options);
        reader.findContradictions();
        return reader.result();
    }

    /** Wraps options that the reader found to be valid. */
    static MallocConf ofValid(SequencedMap<String, String> options) {
        return new MallocConf(new LinkedHashMap<>(options));
    }

    /**
     * Returns these options with one more, or with another value of one that is there.
     *
     * @throws IllegalArgumentException if the result would not be valid; the message says why
     */
    public MallocConf with(String option, String value) {
        return switch (merge(Map.of(option, value))) {
            case Parsed.Valid(MallocConf conf) -> conf;
            case Parsed.Invalid(List<MallocConfProblem> problems) ->
                throw new IllegalArgumentException(
                        problems.stream().map(MallocConfProblem::message).collect(Collectors.joining("; ")));
        };
    }

    /** Merges like {@link #merge(Map)}. */
    public Parsed merge(MallocConf overrides) {
        return merge(overrides.options);
    }

    /**
     * Lays other options over these; the others win.
     *
     * <p>An option keeps its place, a new one goes to the end, {@code abort_conf} to the front. An option of this set that an override makes void goes
     * away ({@code prof:false} takes {@code lg_prof_sample} with it, {@code lg_tcache_max} replaces
     * {@code tcache_max}). An override that would have no effect is a problem.
     */
    public Parsed merge(Map<String, String> overrides) {
        MallocConfReader reader = MallocConfReader.ofMap(overrides);
        if (reader.result() instanceof Parsed.Invalid invalid) {
            return invalid;
        }
        reader.layOver(options);
        reader.findContradictions();
        return reader.result();
    }

    /** Returns the options as {@code MALLOC_CONF} takes them: {@code abort_conf:true,narenas:2}. */
    public String render() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + ":" + option.getValue())
                .collect(Collectors.joining(","));
    }

    /** Returns the options in their order; unmodifiable. */
    public Map<String, String> options() {
        return options;
    }

    /** Returns the fingerprint of the rendered options, see {@link ConfHash}. */
    public String hash() {
        return ConfHash.of(render());
    }

    /** Says whether both have the same options in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MallocConf conf && conf.render().equals(render());
    }

    @Override
    public int hashCode() {
        return render().hashCode();
    }

    @Override
    public String toString() {
        return render();
    }
}
