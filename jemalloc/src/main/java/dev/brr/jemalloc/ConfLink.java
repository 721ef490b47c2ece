package dev.brr.jemalloc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the options that a file system brings along: the target of the link {@code /etc/malloc.conf}, which jemalloc takes
 * before {@code MALLOC_CONF}, jemalloc(3), TUNING.
 */
final class ConfLink {

    private static final Path LINK = Path.of("/etc/malloc.conf");

    private ConfLink() {}

    /** Returns the options of the system that this process runs on, as they are now; nothing without a link. */
    static Optional<String> ofThisSystem() {
        return at(LINK);
    }

    /** What is no link says nothing to jemalloc, and neither does one that cannot be read. */
    static Optional<String> at(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    ? Optional.of(Files.readSymbolicLink(link).toString())
                    : Optional.empty();
        } catch (IOException | SecurityException _) {
            return Optional.empty();
        }
    }
}
