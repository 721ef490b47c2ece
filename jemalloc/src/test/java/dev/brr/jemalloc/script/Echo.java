package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Is a process that echoes lines: once it has echoed one, its loader has done its work. */
final class Echo implements AutoCloseable {

    /** The same as a program in C, for what is built otherwise than {@code cat}. */
    static final String SOURCE = """
            #include <stdio.h>
            int main(void) { int c; while ((c = getchar()) != EOF) { putchar(c); if (c == '\\n') fflush(stdout); } return 0; }
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path echoed;

    private Echo(Process process, Path echoed) {
        this.process = process;
        this.echoed = echoed;
    }

    /** Starts a command in an environment of its own, given as {@code NAME=value}. */
    static Echo start(List<String> command, String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeAll(List.of("LD_PRELOAD", "MALLOC_CONF"));
        Arrays.stream(environment)
                .forEach(variable -> variables.put(
                        variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1)));
        Path echoed = Files.createTempFile("echoed", ".txt");
        Echo echo = new Echo(builder.redirectOutput(echoed.toFile()).start(), echoed);
        try {
            echo.awaitLine();
        } catch (IOException | RuntimeException | AssertionError e) {
            echo.close();
            throw e;
        }
        return echo;
    }

    String pid() {
        return Long.toString(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("process " + pid() + " was killed and is still there");
            }
            Files.delete(echoed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine() throws IOException {
        process.getOutputStream().write("there\n".getBytes(UTF_8));
        process.getOutputStream().flush();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || Files.readString(echoed).contains("\n"));
        String said = Files.readString(echoed);
        if (!said.startsWith("there\n")) {
            throw new IOException("no echo but " + said);
        }
    }
}
