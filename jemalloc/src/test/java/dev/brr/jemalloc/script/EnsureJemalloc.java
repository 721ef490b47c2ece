package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@code scripts/ensure-jemalloc.sh}. */
final class EnsureJemalloc {

    private static final int TIMEOUT_SECONDS = 120;

    /** What it said, and its exit code: 0 when all is right, 1 when something is wrong. */
    record Answer(int exit, String said) {}

    private EnsureJemalloc() {}

    static Answer run(String... arguments) throws IOException, InterruptedException {
        return runWith(Map.of(), arguments);
    }

    /** Runs it with more in its environment. */
    static Answer runWith(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash", repository().resolve("scripts/ensure-jemalloc.sh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("LD_PRELOAD", "MALLOC_CONF"));
        builder.environment().putAll(environment);
        return toEnd(builder);
    }

    /** Runs any command to its end, with nothing to read; what it says is what both its outputs have. */
    static Answer toEnd(ProcessBuilder builder) throws IOException, InterruptedException {
        // No pipe: to read one to its end would take as long as the command, whatever the limit.
        Path output = Files.createTempFile("said", ".txt");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = new String(Files.readAllBytes(output), UTF_8);
            if (!ended) {
                throw new AssertionError("%s did not end: %s".formatted(builder.command(), said));
            }
            return new Answer(process.exitValue(), said);
        } finally {
            Files.delete(output);
        }
    }

    /** Returns the library that Debian's package installs. */
    static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("libjemalloc.so.2"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("apt-get install libjemalloc2"));
        }
    }

    /** Builds a program or library from C, with {@code cc} or another compiler. */
    static Path compile(Path file, String source, String... command) throws IOException, InterruptedException {
        Path code = Files.writeString(file.resolveSibling(file.getFileName() + ".c"), source);
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("-o", file.toString(), code.toString()));
        Answer compiler = toEnd(new ProcessBuilder(line));
        if (compiler.exit() != 0) {
            throw new AssertionError(line + ": " + compiler.said());
        }
        return file;
    }

    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("scripts/ensure-jemalloc.sh"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("not within the repository");
            }
        }
        return folder;
    }
}
