package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckMainTest {
    private static final String VALID = Documents.text("paths: {/a: {get: {responses: {'200': {description: d}}}}}\n");
    private static final String INVALID =
            Documents.text("paths:\n  /a: {get: {responses: {}}}\n  /{b}: {get: {responses: {'200': {}}}}\n");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return CheckMain.run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void aValidDocumentEndsWithZeroAndAnEmptyArray() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("openapi.yaml"), VALID);

        // when
        int code = run("--spec", file.toString());

        // then
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("[]");
    }

    @Test
    void anInvalidDocumentEndsWithOneAndEveryProblem() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("openapi.yaml"), INVALID);

        // when
        int code = run("--spec", file.toString());

        // then
        assertThat(code).isEqualTo(1);
        JsonNode problems = JsonMapper.shared().readTree(out.toByteArray());
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).toString())
                .isEqualTo("{\"line\":4,\"pointer\":\"/paths/~1a/get\","
                        + "\"message\":\"the operation declares no responses\"}");
    }

    @Test
    void aMissingFileEndsWithTwoAndSaysSo() {
        // when
        int code = run("--spec", folder.resolve("nowhere.yaml").toString());

        // then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be read", "nowhere.yaml");
    }

    @Test
    void wrongArgumentsEndWithTwoAndTheUsage() {
        // when
        int code = run("--sepc", "x");

        // then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: CheckMain [--spec FILE]");
    }

    @Test
    void whatWasCheckedCannotBeKeptByARuntimeWithoutABuild() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("openapi.yaml"), VALID);
        Path checked = folder.resolve("checked");

        // when
        int code = run("--spec", file.toString(), "--checked", checked.toString());

        // then
        assertThat(code).isEqualTo(2);
        assertThat(checked).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("cannot be written into " + checked + ": the runtime does not run from a jar");
    }

    @Test
    void aDocumentWithProblemsLeavesNoFile() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("openapi.yaml"), INVALID);
        Path checked = folder.resolve("checked");

        // when
        int code = run("--checked", checked.toString(), "--spec", file.toString());

        // then
        assertThat(code).isEqualTo(1);
        assertThat(checked).doesNotExist();
    }

    @Test
    void itRunsAsAProcessThatHasNeitherServerNorMetrics() throws IOException, InterruptedException {
        // given
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("helidon") && !entry.contains("micrometer") && !entry.contains("jna"))
                .filter(entry -> !entry.contains("prometheus") && !entry.contains("brr-jemalloc"))
                .collect(Collectors.joining(File.pathSeparator));
        Path input = Files.writeString(folder.resolve("openapi.yaml"), INVALID);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        CheckMain.class.getName()))
                .redirectInput(input.toFile())
                .start();

        // when
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);

        // then
        assertThat(ended).isTrue();
        assertThat(complaints).isEmpty();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(printed)).hasSize(2);
    }
}
