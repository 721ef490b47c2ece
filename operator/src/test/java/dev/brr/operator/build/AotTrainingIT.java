package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes a cache from the packaged runtime of this build, and starts this JVM as an image with it would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AotTrainingIT {

    private static final Path PACKAGED =
            Path.of("..", "petstore-image", "target", "image").toAbsolutePath();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private ServiceFiles files;
    private Path image;
    private Path cache;

    @BeforeAll
    void train() throws Exception {
        assertThat(PACKAGED.resolve("libs"))
                .as("the packaged runtime is missing; make it with: mvn -pl petstore-image -am package")
                .isDirectory();
        var libraries = jars("libs");
        files = new ServiceFiles(
                libraries, jars("petstore"), PACKAGED.resolve("jvm.options"), "", Map.of(), "packaged");
        image = layOut(Files.createDirectories(directory.resolve("app")));
        var work = Files.createDirectories(directory.resolve("elsewhere/work"));
        cache = new AotTraining(files, JAVA_HOME, null, LIMIT).make(work);
    }

    @Test
    void theCacheHoldsTheRuntimesClassesWhereverTheyLie() throws Exception {
        // given: the training's jars lay in another folder
        var options = aotOptions(cache);
        // when
        var said = start(options, "-Xlog:class+load=info:file=" + directory.resolve("loaded.txt"));
        // then
        assertThat(said).contains("\"message\":\"there are no paths to serve\"");
        assertThat(directory.resolve("loaded.txt"))
                .content()
                .contains("dev.brr.runtime.document.CheckMain")
                .contains("tools.jackson.databind.json.JsonMapper source: shared objects file");
    }

    @Test
    void handlersBehindTheRuntimeDoNotHinderIt() throws Exception {
        // given
        var handlers = Files.createDirectories(image.resolve("handlers"));
        var jar = files.handlers().getFirst();
        Files.copy(jar, handlers.resolve(jar.getFileName().toString()));
        // when
        var said = start(aotOptions(cache), "-Xlog:class+load=info:file=" + directory.resolve("with.txt"));
        // then
        assertThat(said).contains("\"message\":\"there are no paths to serve\"");
        assertThat(directory.resolve("with.txt"))
                .content()
                .contains("tools.jackson.databind.json.JsonMapper source: shared objects file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "garbage", "truncated", "other flags"})
    void aCacheThatDoesNotFitEndsNoStartAndSaysNothingOnStandardOutput(String what) throws Exception {
        // given
        var unfit = directory.resolve(what.replace(' ', '-') + ".aot");
        switch (what) {
            case "garbage" -> Files.writeString(unfit, "no cache");
            case "truncated" -> Files.write(unfit, Arrays.copyOf(Files.readAllBytes(cache), 1 << 20));
            case "other flags" -> Files.copy(cache, unfit);
            default -> assertThat(unfit).doesNotExist();
        }
        // when
        var said = start(aotOptions(unfit), what.equals("other flags") ? "-XX:-UseCompactObjectHeaders" : "-Dno=thing");
        // then: the answer of the program alone
        assertThat(said).startsWith("[").endsWith("]").doesNotContain("[aot");
    }

    @Test
    void aRuntimeThatDoesNotStartIsToldWithItsOwnWords() throws Exception {
        // given: the runtime's own jar is missing
        var incomplete = new ServiceFiles(
                files.libraries().stream()
                        .filter(jar -> !jar.getFileName().toString().startsWith("brr-runtime"))
                        .toList(),
                List.of(),
                files.jvmOptions(),
                "",
                Map.of(),
                "incomplete");
        var work = Files.createDirectories(directory.resolve("incomplete"));
        // when
        // then
        assertThatThrownBy(() -> new AotTraining(incomplete, JAVA_HOME, null, LIMIT).make(work))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a process ended with exit code 1")
                .hasMessageContaining(AotTraining.MAIN);
    }

    @Test
    void aProcessThatTakesTooLongIsEnded() throws Exception {
        // given
        var work = Files.createDirectories(directory.resolve("hurried"));
        // when
        // then
        assertThatThrownBy(() -> new AotTraining(files, JAVA_HOME, null, Duration.ofMillis(1)).make(work))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it took longer than 0 s");
    }

    /** Runs the check of a document that cannot be served, on the JVM's command line of an image. */
    private String start(List<String> aot, String further) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(JAVA_HOME.resolve("bin/java").toString(), "@" + files.jvmOptions()));
        command.addAll(aot);
        command.add(further);
        command.addAll(List.of("@" + image.resolve("class-path.options"), "dev.brr.runtime.document.CheckMain"));
        var input = Files.writeString(directory.resolve("input.yaml"), "openapi: 3.1.0\n");
        var output = directory.resolve("output.txt");
        var process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return Files.readString(output).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> aotOptions(Path file) {
        return new ServiceImage(files, directory, Optional.of(file))
                .entrypoint().stream()
                        .filter(argument -> argument.startsWith("-X"))
                        .map(argument -> argument.startsWith("-XX:AOTCache=") ? "-XX:AOTCache=" + file : argument)
                        .toList();
    }

    /** Lays the runtime's jars out as they are in an image, but for the folder above. */
    private Path layOut(Path root) throws IOException {
        var libraries = Files.createDirectories(root.resolve("libs"));
        for (var jar : files.libraries()) {
            var copy = Files.copy(jar, libraries.resolve(jar.getFileName().toString()));
            Files.setLastModifiedTime(copy, FileTime.from(ServiceImage.FILE_TIME));
        }
        Files.writeString(
                root.resolve("class-path.options"),
                ClassPath.below(root.toString(), files.libraries()).argumentFile());
        return root;
    }

    private static List<Path> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(PACKAGED.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
