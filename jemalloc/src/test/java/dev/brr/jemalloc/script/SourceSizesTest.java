package dev.brr.jemalloc.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.script.EnsureJemalloc.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/format} says of long sources. */
class SourceSizesTest {
    @TempDir
    private Path folder;

    private static Answer judge(Path... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                EnsureJemalloc.repository()
                        .resolve("scripts/lib/SourceSizes.java")
                        .toString()));
        for (Path file : files) {
            command.add(file.toString());
        }
        return EnsureJemalloc.toEnd(new ProcessBuilder(command));
    }

    private Path source(String name, String members) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), "class " + name + " {\n" + members + "}\n");
    }

    private static String method(String head, int lines) {
        return head + " {\n" + "        ;\n".repeat(lines - 2) + "    }\n";
    }

    @Test
    void whatIsJustSmallEnoughIsPassedOver() throws IOException, InterruptedException {
        // given: annotations and Javadoc are no part of a method
        Path methods = source(
                "Methods",
                method(
                                "    /** Does. */\n    @Deprecated\n    @SuppressWarnings(\"x\")\n    public <T> void does()",
                                40)
                        + method("    /** Makes. */\n    Methods()", 40)
                        + "    abstract void leaves();\n");
        Path file = source("Large", "    int a;\n".repeat(298));

        // when
        Answer answer = judge(methods, file);

        // then
        assertThat(answer).isEqualTo(new Answer(0, ""));
    }

    @Test
    void eachThatIsTooLongIsNamed() throws IOException, InterruptedException {
        // given
        Path methods = source(
                "Methods",
                method("    void does()", 41)
                        + method("    Methods()", 41)
                        + "    record Inner() {\n" + method("    int inner()", 60) + "    }\n");
        Path file = source("Large", "    int a;\n".repeat(299));

        // when
        Answer answer = judge(methods, file);

        // then
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.said().lines())
                .containsExactly(
                        file + ": has 301 lines, more than 300",
                        methods + ":2: does has 41 lines, more than 40",
                        methods + ":43: a constructor has 41 lines, more than 40",
                        methods + ":85: inner has 60 lines, more than 40");
    }
}
