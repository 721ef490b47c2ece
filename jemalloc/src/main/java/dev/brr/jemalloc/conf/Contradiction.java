package dev.brr.jemalloc.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names two options of one set of which one makes the other void, which jemalloc does without a word.
 *
 * @param voided the option that has no effect, or that takes it from one that is not to be lost unasked
 * @param by the option that it cannot be beside, or whose absence takes its effect away
 * @param mutual whether leaving out {@code by} would mend it as well
 * @param message for people, to go behind the name of {@code voided}
 */
record Contradiction(String voided, String by, boolean mutual, String message) {

    /** Say what is already so without the option they belong to; a preset may keep them where a user turns that off. */
    private static final Set<String> SAYS_NOTHING = Set.of("false");

    private static final Set<String> TCACHE_OPTIONS = Set.of(
            "tcache_max",
            "lg_tcache_max",
            "lg_tcache_nslots_mul",
            "tcache_nslots_small_min",
            "tcache_nslots_small_max",
            "tcache_nslots_large",
            "tcache_gc_incr_bytes",
            "tcache_gc_delay_bytes",
            "lg_tcache_flush_small_div",
            "lg_tcache_flush_large_div");
    private static final int DEFAULT_SMALL_SLOTS_MIN = 20;
    private static final int DEFAULT_SMALL_SLOTS_MAX = 200;

    /** Finds all contradictions in a set of options, each of which is valid by itself. */
    static List<Contradiction> in(Map<String, String> options) {
        List<Contradiction> found = new ArrayList<>();
        options.forEach((name, value) -> {
            if (!SAYS_NOTHING.contains(value)) {
                without(found, options, name);
            }
        });
        if ("false".equals(options.get("tcache"))) {
            options.keySet().stream()
                    .filter(TCACHE_OPTIONS::contains)
                    .forEach(name ->
                            found.add(new Contradiction(name, "tcache", false, "has no effect with tcache:false")));
        }
        arenas(found, options);
        fill(found, options);
        either(found, options, "lg_tcache_max", "tcache_max");
        smallSlots(found, options);
        return List.copyOf(found);
    }

    private static void without(List<Contradiction> found, Map<String, String> options, String name) {
        if ((name.startsWith("prof_") || name.startsWith("lg_prof_")) && !"true".equals(options.get("prof"))) {
            found.add(new Contradiction(name, "prof", false, "has no effect without prof:true"));
        } else if (name.equals("stats_print_opts") && !"true".equals(options.get("stats_print"))) {
            found.add(new Contradiction(name, "stats_print", false, "has no effect without stats_print:true"));
        } else if (name.equals("max_background_threads") && !"true".equals(options.get("background_thread"))) {
            found.add(new Contradiction(
                    name,
                    "background_thread",
                    false,
                    "counts threads that are not started without background_thread:true"));
        }
    }

    /**
     * Where each CPU has an arena, jemalloc raises {@code narenas} to the CPUs of the node and uses no more of them. The
     * figure keeps a service small whose node has many more CPUs than its limit: whoever gives that up has to say so.
     */
    private static void arenas(List<Contradiction> found, Map<String, String> options) {
        String narenas = options.getOrDefault("narenas", "default");
        boolean eachCpu = !options.getOrDefault("percpu_arena", "disabled").equals("disabled");
        if (!narenas.equals("default")) {
            either(found, options, "narenas_ratio", "narenas");
        }
        if (eachCpu && !narenas.equals("default")) {
            found.add(new Contradiction(
                    "percpu_arena",
                    "narenas",
                    false,
                    "makes an arena for each CPU of the node, whatever the CPU limit, and narenas:%s has no effect with it; leave it out, or set narenas:default too"
                            .formatted(narenas)));
        }
        if (eachCpu && options.containsKey("narenas_ratio")) {
            found.add(new Contradiction(
                    "narenas_ratio",
                    "percpu_arena",
                    true,
                    "has no effect with percpu_arena:" + options.get("percpu_arena")));
        }
    }

    /** What is zeroed when it is allocated keeps no junk; what is freed is filled all the same. */
    private static void fill(List<Contradiction> found, Map<String, String> options) {
        if ("true".equals(options.get("zero"))) {
            switch (options.getOrDefault("junk", "false")) {
                case "alloc" -> found.add(new Contradiction("junk", "zero", true, "has no effect with zero:true"));
                case "true" ->
                    found.add(new Contradiction(
                            "junk",
                            "zero",
                            true,
                            "fills only what is freed with zero:true; junk:free says so, zero:false fills both"));
                default -> {}
            }
        }
    }

    private static void either(List<Contradiction> found, Map<String, String> options, String one, String other) {
        if (options.containsKey(one) && options.containsKey(other)) {
            found.add(new Contradiction(one, other, true, "sets the same as %s; keep one of them".formatted(other)));
        }
    }

    private static void smallSlots(List<Contradiction> found, Map<String, String> options) {
        String min = "tcache_nslots_small_min";
        String max = "tcache_nslots_small_max";
        int least = Integer.parseInt(options.getOrDefault(min, Integer.toString(DEFAULT_SMALL_SLOTS_MIN)));
        int most = Integer.parseInt(options.getOrDefault(max, Integer.toString(DEFAULT_SMALL_SLOTS_MAX)));
        if (least > most) {
            String written = options.containsKey(min) ? min : max;
            found.add(new Contradiction(
                    written,
                    written.equals(min) ? max : min,
                    true,
                    "makes the least number of slots %d and the greatest %d".formatted(least, most)));
        }
    }
}
