package dev.brr.runtime.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Marks that a run of the service is under way, so that the next one knows how it ended: a run that is told to stop takes
 * its mark away, one that is killed cannot.
 */
final class FormerRun {
    private final Path mark;
    private final boolean killed;

    private FormerRun(Path mark, boolean killed) {
        this.mark = mark;
        this.killed = killed;
    }

    /** Looks how the former run ended, and marks this one. */
    static FormerRun follow(Path directory) throws IOException {
        Path mark = directory.resolve("running");
        boolean killed = Files.exists(mark);
        if (!killed) {
            // Empty, for on a full volume there is still room for a name.
            Files.createFile(mark);
        }
        return new FormerRun(mark, killed);
    }

    /** Whether there was a former run that ended without being told to: it was killed, or crashed. */
    boolean killed() {
        return killed;
    }

    /** Takes the mark of this run away. */
    void end() throws IOException {
        Files.deleteIfExists(mark);
    }
}
