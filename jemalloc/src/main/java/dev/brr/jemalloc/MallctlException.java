package dev.brr.jemalloc;

import java.util.Map;

/** Says that jemalloc refused to read, write or perform one of its controls, or could not be asked to. */
public final class MallctlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int EINVAL = 22;

    /** The errors of mallctl(), jemalloc(3), RETURN VALUES. */
    private static final Map<Integer, String> ERRNO_NAMES = Map.of(
            1, "EPERM",
            2, "ENOENT",
            11, "EAGAIN",
            12, "ENOMEM",
            14, "EFAULT",
            22, "EINVAL");

    private static final Map<Integer, String> MEANINGS = Map.of(
            1, "it can only be read, or only be written",
            2, "this build or this process has no such control",
            11, "jemalloc could not allocate for it",
            12, "there is not memory enough",
            14, "jemalloc failed at it",
            22, "the value is of another size or not allowed");

    private final String control;
    private final int errno;

    MallctlException(String control, String verb, int errno) {
        super("could not %s %s: %s, %s"
                .formatted(
                        verb,
                        control,
                        ERRNO_NAMES.getOrDefault(errno, "errno " + errno),
                        MEANINGS.getOrDefault(errno, "an error jemalloc(3) does not list")));
        this.control = control;
        this.errno = errno;
    }

    private MallctlException(String control, String verb, String why) {
        super("could not %s %s: EINVAL, %s".formatted(verb, control, why));
        this.control = control;
        this.errno = EINVAL;
    }

    /** Says that jemalloc was not even asked, for what it would do is worse than an error. */
    static MallctlException refused(String control, String verb, String why) {
        return new MallctlException(control, verb, why);
    }

    /** Returns the name of the control, e.g. {@code arena.0.purge}. */
    public String control() {
        return control;
    }

    /** Returns the error number. */
    public int errno() {
        return errno;
    }

    /** Returns the error's symbol, e.g. {@code ENOENT}. */
    public String errnoName() {
        return ERRNO_NAMES.getOrDefault(errno, "errno " + errno);
    }
}
