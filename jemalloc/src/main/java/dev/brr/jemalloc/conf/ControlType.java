package dev.brr.jemalloc.conf;

/** Names the C type behind an {@code opt.*} control, which decides how many bytes a read takes and what they mean. */
public enum ControlType {
    BOOL(1),
    UNSIGNED(4),
    SIZE(8),
    SSIZE(8),
    INT64(8),
    UINT64(8),
    /** jemalloc's {@code fxp_t}: 16 bits before and 16 bits after the binary point. */
    FIXED_POINT(4),
    /** {@code const char *}. */
    STRING(8);

    private final int bytes;

    ControlType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of the value in bytes on a 64-bit machine. */
    public int bytes() {
        return bytes;
    }
}
