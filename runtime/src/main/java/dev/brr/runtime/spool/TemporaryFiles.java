package dev.brr.runtime.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A folder for temporary files, and how many bytes all of them together may have. */
public final class TemporaryFiles {
    private final Path folder;
    private final AtomicLong free;

    /** @param maxBytes for the files of all requests together */
    public TemporaryFiles(Path folder, long maxBytes) {
        this.folder = folder;
        this.free = new AtomicLong(maxBytes);
    }

    /** Room on the heap that has to be asked for. */
    @FunctionalInterface
    public interface HeapRoom {
        /** Takes so many bytes of it. */
        void take(int bytes) throws NoRoomException;
    }

    /** Begins to keep the files of one request. */
    public RequestFiles ofRequest(HeapRoom heap) {
        return new RequestFiles(this, heap);
    }

    /** How many bytes more there is room for. */
    public long free() {
        return free.get();
    }

    TemporaryFile create() throws NoRoomException {
        try {
            return TemporaryFile.in(folder);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    NoRoomException refused(IOException e) {
        return new NoRoomException("A temporary file in " + folder + " cannot be written: " + e.getMessage(), e);
    }

    void take(int bytes) throws NoRoomException {
        long before = free.getAndUpdate(there -> there >= bytes ? there - bytes : there);
        if (before < bytes) {
            throw new NoRoomException("The temporary files of other requests take all room");
        }
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
