package dev.brr.runtime.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The temporary files of one request; they go when it is closed. */
public final class RequestFiles implements AutoCloseable {
    /** Up to here content stays on the heap, bytes. */
    public static final int THRESHOLD = 64 * 1024;

    private static final Logger LOG = System.getLogger(RequestFiles.class.getName());

    private final TemporaryFiles all;
    private final TemporaryFiles.HeapRoom heap;
    private final List<TemporaryFile> files = new ArrayList<>(1);
    private long taken;

    RequestFiles(TemporaryFiles all, TemporaryFiles.HeapRoom heap) {
        this.all = all;
        this.heap = heap;
    }

    /**
     * Takes content as it comes.
     *
     * @param mayBeFile whether it goes to disk when it is large; else it stays on the heap as far as that has room
     */
    public Writer writer(boolean mayBeFile) {
        return new Writer(mayBeFile);
    }

    /** Reads a stream to its end. */
    public Content read(InputStream in) throws IOException {
        Writer writer = writer(true);
        in.transferTo(writer);
        return writer.content();
    }

    @Override
    public void close() {
        for (TemporaryFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "A temporary file cannot be closed", e);
            }
        }
        files.clear();
        all.giveBack(taken);
        taken = 0;
    }

    /** Takes the bytes of one content. */
    public final class Writer extends OutputStream {
        private final boolean mayBeFile;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream(256);
        private @Nullable TemporaryFile file;

        private Writer(boolean mayBeFile) {
            this.mayBeFile = mayBeFile;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (file == null && mayBeFile && held.size() + length > THRESHOLD) {
                file = all.create();
                files.add(file);
                spool(file, held.toByteArray(), 0, held.size());
            }
            if (file == null) {
                heap.take(length);
                held.write(bytes, offset, length);
            } else {
                spool(file, bytes, offset, length);
            }
        }

        private void spool(TemporaryFile to, byte[] bytes, int offset, int length) throws NoRoomException {
            all.take(length);
            taken += length;
            try {
                to.write(bytes, offset, length);
            } catch (IOException e) {
                throw all.refused(e);
            }
        }

        /** What has come. */
        public Content content() {
            byte[] bytes = held.toByteArray();
            return file == null ? new Content.Held(bytes) : new Content.Spooled(file, bytes);
        }
    }
}
