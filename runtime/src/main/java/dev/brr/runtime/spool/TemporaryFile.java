package dev.brr.runtime.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that has no name: it loses it as soon as it is made, so that nothing of it is left whatever becomes of the
 * process. Where a file system does not allow that, it goes when it is closed.
 */
public final class TemporaryFile implements AutoCloseable {
    private final FileChannel channel;
    private long size;

    private TemporaryFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes an empty file that only its owner may read. */
    static TemporaryFile in(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, "brr-", ".body");
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            deleteNow(path);
            return new TemporaryFile(channel);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static void deleteNow(Path path) {
        try {
            Files.delete(path);
        } catch (IOException _) {
            // It is deleted when it is closed.
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
        }
    }

    long size() {
        return size;
    }

    InputStream open() throws IOException {
        if (!channel.isOpen()) {
            throw new IOException("The request that the file came with has ended");
        }
        return new Reader();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Reader extends InputStream {
        private long at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            int count = channel.read(ByteBuffer.wrap(bytes, offset, length), at);
            at += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, size - at);
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - at);
        }
    }
}
