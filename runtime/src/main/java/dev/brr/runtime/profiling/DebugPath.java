package dev.brr.runtime.profiling;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names the paths below {@code /debug} that a service answers itself. */
public enum DebugPath {
    PPROF("/debug/pprof/heap"),
    HEAP("/debug/heap"),
    OPERATIONS("/debug/heap/operations"),
    DIFFERENCE("/debug/heap/diff"),
    START("/debug/heap/start"),
    STOP("/debug/heap/stop"),
    RESET("/debug/heap/reset"),
    STATUS("/debug/heap/status"),
    STATISTICS("/debug/heap/statistics");

    private static final Map<String, DebugPath> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DebugPath::text, Function.identity()));

    private final String text;

    DebugPath(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Optional<DebugPath> of(String path) {
        return Optional.ofNullable(BY_TEXT.get(path));
    }

    /** Whether an endpoint answers at a path, whatever the method: who brings no token is refused before that. */
    public static boolean answersAt(String path) {
        return BY_TEXT.containsKey(path) || KeptEvidence.isAt(path);
    }
}
