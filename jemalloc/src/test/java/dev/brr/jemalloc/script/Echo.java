package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Is a process that echoes lines: once it has echoed one, its loader has done its work. */
final class Echo implements AutoCloseable {

    /** The same as a program in C, for what is built otherwise than {@code cat}. */
    static final String SOURCE = """
            #include <stdio.h>
            int main(void) { int c; while ((c = getchar()) != EOF) { putchar(c); if (c == '\\n') fflush(stdout); } return 0; }
            """;

    private final Process process;

    private Echo(Process process) {
        this.process = process;
    }

    /** Starts a command in an environment of its own, given as {@code NAME=value}. */
    static Echo start(List<String> command, String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeAll(List.of("LD_PRELOAD", "MALLOC_CONF"));
        Arrays.stream(environment)
                .forEach(variable -> variables.put(
                        variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1)));
        Echo echo = new Echo(builder.start());
        echo.awaitLine();
        return echo;
    }

    String pid() {
        return Long.toString(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLine() throws IOException {
        process.getOutputStream().write("there\n".getBytes(UTF_8));
        process.getOutputStream().flush();
        BufferedReader lines = process.inputReader(UTF_8);
        String line = lines.readLine();
        if (!"there".equals(line)) {
            throw new UncheckedIOException(new IOException("no echo but " + line));
        }
    }
}
