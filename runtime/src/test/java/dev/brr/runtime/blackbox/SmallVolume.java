package dev.brr.runtime.blackbox;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Real files, of which only so many blocks may be there; each may be told to fail, too. */
final class SmallVolume implements Volume {
    private final Volume files = Volume.ofFiles();
    private final Path root;
    private final long blocks;
    private String says = "No space left on device";
    private long otherBlocks;
    private boolean lying;

    SmallVolume(Path root, long blocks) {
        this.root = root;
        this.blocks = blocks;
    }

    /** Fails with other words than Linux's English ones. */
    SmallVolume saying(String words) {
        says = words;
        return this;
    }

    /** Says of all of it that it is usable, as where the inodes are what is used up. */
    SmallVolume lying() {
        lying = true;
        return this;
    }

    /** Others write on it, too. */
    void takeFromOthers(long taken) {
        otherBlocks = taken;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        long wanted = Volume.blocks(content.length);
        if (wanted > left()) {
            throw new FileSystemException(file.toString(), null, says);
        }
        files.write(file, content);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return lying ? Long.MAX_VALUE : left();
    }

    private long left() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            long taken = 0;
            for (Path path : all.filter(path -> !path.equals(root)).toList()) {
                taken += Files.isDirectory(path) ? BLOCK : Volume.blocks(Files.size(path));
            }
            return Math.max(0, (blocks - otherBlocks) * BLOCK - taken);
        }
    }
}
