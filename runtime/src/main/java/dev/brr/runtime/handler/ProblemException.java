package dev.brr.runtime.handler;

/** Tells a client, as {@code application/problem+json}, why a handler refuses. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param status an HTTP status from 400 to 599
     * @param title what kind of problem it is
     * @param detail what is wrong this time, for the client to read
     */
    public ProblemException(int status, String title, String detail) {
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599, not " + status);
        }
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
