package dev.brr.runtime.profiling;

/** Says what of a request cannot be done, for the person who sent it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String detail;

    RefusedException(String detail) {
        super(detail);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
