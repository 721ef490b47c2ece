package dev.brr.jemalloc.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that this process has made and that nobody else may look into, for files that are there for a moment.
 *
 * <p>Java's own temporary folders are named by a {@code SecureRandom}, and to find its provider takes a start 15 ms of CPU
 * time. The name need not be secret: {@code mkdir} follows no link and fails where there is anything already.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final int ATTEMPTS = 100;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder below {@code java.io.tmpdir}.
     *
     * @throws IOException when nothing can be written there
     */
    public static PrivateFolder make() throws IOException {
        String temporary = System.getProperty("java.io.tmpdir", "/tmp");
        return make(Path.of(temporary), "brr-", System.nanoTime());
    }

    static PrivateFolder make(Path parent, String prefix, long number) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new PrivateFolder(Files.createDirectory(
                        parent.resolve(prefix + Long.toUnsignedString(number + attempt, Character.MAX_RADIX)),
                        OWNER_ONLY));
            } catch (FileAlreadyExistsException _) {
                // Another process took it in the same nanosecond, or left it: the next name.
            }
        }
        throw new FileAlreadyExistsException(parent.resolve(prefix + "*").toString());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it with the files in it. */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
