package dev.brr.runtime.spool;

import java.io.IOException;

/** Says that neither heap nor disk has room for more of a request. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    /** All the room there is for bodies is taken, which passes. */
    public NoRoomException(String message) {
        super(message);
    }

    /** The disk refused. */
    public NoRoomException(String message, IOException cause) {
        super(message, cause);
    }
}
