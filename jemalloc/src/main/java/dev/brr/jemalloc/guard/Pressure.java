package dev.brr.jemalloc.guard;

/** Says how the guard sees the process; the order is that of the metric. */
public enum Pressure {
    /** Less than the calm share of the limit is used. */
    CALM,
    /** The pressure share was reached, and use has not fallen below the calm share since. */
    PRESSED,
    /** It lasts: decay times are short. */
    SHORTENED
}
