package dev.brr.runtime.handler;

/** Tells a client, as {@code application/problem+json}, why a handler refuses. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * Refuses.
     *
     * @param status an HTTP status from 400 to 599
     * @param title what kind of problem it is
     * @param detail what is wrong this time, for the client to read
     * @throws IllegalArgumentException when the status is none of a refusal
     */
    public ProblemException(int status, String title, String detail) {
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599, not " + status);
        }
        this.status = status;
        this.title = title;
    }

    /** Returns the HTTP status, from 400 to 599. */
    public int status() {
        return status;
    }

    /** Returns what kind of problem it is, the member {@code title} (RFC 9457, section 3.1.4). */
    public String title() {
        return title;
    }

    /** Returns what is wrong this time, the member {@code detail} (RFC 9457, section 3.1.4). */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
