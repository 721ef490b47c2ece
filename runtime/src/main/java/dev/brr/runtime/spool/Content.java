package dev.brr.runtime.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bytes that a client sent, on the heap or on disk. */
public sealed interface Content {

    /** How many bytes. */
    long size();

    /**
     * Reads them from the beginning; as often as one likes, until the request ends.
     *
     * @throws IOException when the request has ended
     */
    InputStream open() throws IOException;

    /**
     * All of them, on the heap; not to be changed.
     *
     * @throws UncheckedIOException when they cannot be read any more
     */
    byte[] bytes();

    /** Bytes on the heap. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] bytes) implements Content {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /**
     * Bytes on disk.
     *
     * @param file where they are
     * @param beginning the first of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Spooled(TemporaryFile file, byte[] beginning) implements Content {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream open() throws IOException {
            return file.open();
        }

        @Override
        public byte[] bytes() {
            try (InputStream in = open()) {
                return in.readNBytes(Math.toIntExact(size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
