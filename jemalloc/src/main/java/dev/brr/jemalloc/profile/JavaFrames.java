package dev.brr.jemalloc.profile;

import java.util.Optional;

/** Says whether samples carry Java frames, and names them. */
public sealed interface JavaFrames {

    /** Sets the hook on first use; the answer is kept, for it is set once in the life of a process. */
    static JavaFrames install() {
        return Installed.once();
    }

    /** Says how it stands, and sets nothing: the hook has the JVM tell of classes, which a service that is not sampled does not pay for. */
    static JavaFrames now() {
        return Installed.known;
    }

    /** Nobody has asked for Java frames yet: the hook is set when sampling starts. */
    record NotYet() implements JavaFrames {}

    /**
     * The hook is set: samples from now on carry the Java frames.
     *
     * @param followsVirtualThreads whether virtual threads keep their operation when they park; if not, what they
     *     allocate is of no operation
     */
    record Hooked(boolean followsVirtualThreads) implements JavaFrames {

        /** Returns samples taken since the hook was set, and how many of them have Java frames. */
        public Counts counts() {
            long[] counts = HookLibrary.counts();
            return new Counts(counts[0], counts[1]);
        }
    }

    /**
     * Samples.
     *
     * @param samples all
     * @param withJava those of a thread that was in Java code; the others are the JVM's own threads
     */
    record Counts(long samples, long withJava) {}

    /**
     * Samples end at the native frames.
     *
     * @param reason what is missing
     */
    record Missing(String reason) implements JavaFrames {}

    /** Holds the outcome. */
    final class Installed {
        private static volatile JavaFrames known = new NotYet();

        private Installed() {}

        private static synchronized JavaFrames once() {
            if (known instanceof NotYet) {
                known = set();
            }
            return known;
        }

        private static JavaFrames set() {
            Optional<String> failure = FollowedThreads.follow().or(() -> reason(HookLibrary.install()));
            if (failure.isPresent()) {
                return new Missing(failure.get());
            }
            ProfiledOperation.hookIsSet();
            return new Hooked(FollowedThreads.followsVirtualThreads());
        }

        private static Optional<String> reason(int outcome) {
            return switch (outcome) {
                case 0 -> Optional.empty();
                case HookLibrary.NO_CALL_TRACE -> Optional.of("this JVM has no AsyncGetCallTrace");
                case HookLibrary.NO_JVMTI -> Optional.of("this JVM refuses JVMTI");
                default ->
                    Optional.of(
                            "jemalloc answers errno " + outcome + " to experimental.hooks.prof_backtrace; the process"
                                    + " has to be started with prof:true on jemalloc 5.3");
            };
        }
    }
}
