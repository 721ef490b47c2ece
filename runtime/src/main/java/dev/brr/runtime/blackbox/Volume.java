package dev.brr.runtime.blackbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Is where evidence is written, and can be full. */
interface Volume {
    /** What Linux calls ENOSPC and EDQUOT; the first is also what it says when there are no inodes left. */
    String NO_SPACE = "no space left on device";

    String NO_QUOTA = "quota exceeded";

    /** What a file system takes at the least for a file or a folder, on nearly all of them, in bytes. */
    long BLOCK = 4096;

    /** Writes a file that is not there yet, and forces it to the disk. */
    void write(Path file, byte[] content) throws IOException;

    /** Bytes that this process may still write. */
    long usableBytes(Path folder) throws IOException;

    /** The file system that a path is on. */
    static Volume ofFiles() {
        return new Volume() {
            @Override
            public void write(Path file, byte[] content) throws IOException {
                try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(content);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
            }

            @Override
            public long usableBytes(Path folder) throws IOException {
                return Files.getFileStore(folder).getUsableSpace();
            }
        };
    }

    /** Bytes in whole blocks, as they are taken from a volume. */
    static long blocks(long bytes) {
        return Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /**
     * Whether a failure means that there is no room. The words are the C library's in the locale of the process; where
     * they are others, the figures decide.
     *
     * @param usable bytes that could still be written
     * @param wanted bytes that were to be
     */
    static boolean isFull(IOException failure, long usable, long wanted) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return usable < wanted || said.contains(NO_SPACE) || said.contains(NO_QUOTA);
    }
}
