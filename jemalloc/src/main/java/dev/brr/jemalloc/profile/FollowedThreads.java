package dev.brr.jemalloc.profile;

import java.util.Optional;

/** Loads the library and has operations follow their threads, once in the life of a process. */
final class FollowedThreads {

    private static final Optional<String> FAILURE = HookLibrary.load().or(() -> reason(HookLibrary.follow()));

    private static final boolean VIRTUAL = FAILURE.isEmpty() && FollowedContinuation.works();

    private FollowedThreads() {}

    /** Says whether virtual threads keep their operation when they park. */
    static boolean followsVirtualThreads() {
        return VIRTUAL;
    }

    /** Returns why operations cannot be followed, if so. */
    static Optional<String> follow() {
        return FAILURE;
    }

    private static Optional<String> reason(int outcome) {
        return switch (outcome) {
            case 0 -> Optional.empty();
            case HookLibrary.NO_MALLCTL -> Optional.of("no jemalloc is preloaded");
            case HookLibrary.NO_JVMTI -> Optional.of("this JVM refuses JVMTI");
            default -> throw new IllegalStateException("the hook's library answers " + outcome);
        };
    }
}
