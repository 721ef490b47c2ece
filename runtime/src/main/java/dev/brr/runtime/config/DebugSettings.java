package dev.brr.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may look inside.
 *
 * @param tokenFile the file with the token that opens {@code /debug}; read at each request, so that it may come and go
 */
public record DebugSettings(Optional<Path> tokenFile) {
    /** Nobody. */
    public static final DebugSettings DEFAULTS = new DebugSettings(Optional.empty());
}
