package dev.brr.operator.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The protocol between the operator and the runtime's check, with a program in the runtime's place that does what the
 * "document" tells it. The packaged runtime itself is asked in {@code RuntimeDocumentCheckerIT}.
 */
class RuntimeDocumentCheckerTest {

    private static final String PROGRAM = """
            package dev.brr.runtime.document;

            import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
            import java.nio.file.Path;

            public class CheckMain {
                public static void main(String[] args) throws Exception {
                    if (args.length != 4 || !args[0].equals("--spec") || !args[2].equals("--checked")) {
                        System.err.println("wrong arguments: " + String.join(" ", args));
                        System.exit(2);
                    }
                    String document = Files.readString(Path.of(args[1]));
                    String[] words = document.split(" ", 3);
                    if (words.length > 2) {
                        System.out.println(words[2]);
                    }
                    switch (words[0]) {
                        case "keep" -> Files.writeString(Path.of(args[3]), words[1]);
                        case "exit" -> System.exit(Integer.parseInt(words[1]));
                        case "throw" -> throw new IllegalStateException("thrown by the check");
                        case "grumble" -> {
                            System.err.println("a warning of the JVM");
                            System.exit(Integer.parseInt(words[1]));
                        }
                        case "hang" -> {
                            Files.writeString(Path.of(words[1]), "started");
                            Thread.sleep(600_000);
                        }
                        case "flood" -> System.out.print("x".repeat(Integer.parseInt(words[1])));
                        default -> System.exit(3);
                    }
                }
            }
            """;

    @TempDir
    static Path directory;

    private final RuntimeDocumentChecker checker = new RuntimeDocumentChecker(directory);

    @BeforeAll
    static void packageProgram() throws IOException {
        var source = Files.createDirectories(directory.resolve("source/dev/brr/runtime/document"))
                .resolve("CheckMain.java");
        Files.writeString(source, PROGRAM);
        var compiler = requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        assertThat(compiler.run(null, null, null, source.toString())).isZero();
        Files.createDirectories(directory.resolve("libs"));
        try (var jar = new JarOutputStream(Files.newOutputStream(directory.resolve("libs/brr-runtime.jar")))) {
            jar.putNextEntry(new JarEntry("dev/brr/runtime/document/CheckMain.class"));
            jar.write(Files.readAllBytes(source.resolveSibling("CheckMain.class")));
        }
    }

    @Test
    void aDocumentThatCanBeServedHasNoProblems() throws Exception {
        // given
        var document = "exit 0 []";
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems).isEmpty();
    }

    @Test
    void whatTheRuntimeWritesOfItsCheckIsHandedOn() throws Exception {
        // given
        var document = "keep größe []";
        // when
        var verdict = checker.check(document);
        // then
        assertThat(verdict).isEqualTo(new DocumentVerdict(List.of(), "größe"));
    }

    @Test
    void ofARefusedDocumentNothingIsKept() throws Exception {
        // given
        var document = "exit 1 [{\"line\":3,\"pointer\":\"\",\"message\":\"is wrong\"}]";
        // when
        var verdict = checker.check(document);
        // then
        assertThat(verdict.checked()).isEmpty();
    }

    @Test
    void everyProblemIsReadWithItsPlace() throws Exception {
        // given
        var document = "exit 1 [{\"line\":3,\"pointer\":\"/paths/~1pets\",\"message\":\"has no operation\"},"
                + "{\"line\":0,\"pointer\":\"\",\"message\":\"größer als erlaubt\"}]";
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems)
                .containsExactly(
                        new DocumentProblem(3, "/paths/~1pets", "has no operation"),
                        new DocumentProblem(0, "", "größer als erlaubt"));
    }

    @Test
    void whatIsOnStandardErrorDoesNotDisturbTheProblems() throws Exception {
        // given
        var document = "grumble 1 [{\"line\":3,\"pointer\":\"\",\"message\":\"is wrong\"}]";
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems).containsExactly(new DocumentProblem(3, "", "is wrong"));
    }

    @Test
    void aCheckThatCouldNotBeMadeTellsExitCodeAndWhatItWrote() {
        // given
        var document = "grumble 2";
        // when
        // then
        assertThatThrownBy(() -> checker.check(document))
                .isInstanceOf(IOException.class)
                .hasMessage("checking the document ended with exit code 2: a warning of the JVM");
    }

    @Test
    void aCheckThatDiesTellsWhatItDiedOf() {
        // given
        var document = "throw";
        // when
        // then
        assertThatThrownBy(() -> checker.check(document))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("checking the document ended with exit code 1: ")
                .hasMessageContaining("IllegalStateException: thrown by the check");
    }

    @Test
    void aRuntimeWithoutTheCheckIsTold(@TempDir Path empty) {
        // given
        var without = new RuntimeDocumentChecker(empty);
        // when
        // then
        assertThatThrownBy(() -> without.check("exit 0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dev.brr.runtime.document.CheckMain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "exit 1 no json", "exit 1 {\"line\":3}", "exit 1 [{\"unknown\":3}]"})
    void anAnswerThatIsNoListOfProblemsIsAFailedCheck(String document) {
        // given
        // when
        // then
        assertThatThrownBy(() -> checker.check(document))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("checking the document ended with exit code 1: ");
    }

    @Test
    void anAnswerLargerThanAPipeIsRead() throws Exception {
        // given
        var document = "flood 1000000";
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems).isEmpty();
    }

    @Test
    void aCheckThatHangsIsGivenUpAndEnded(@TempDir Path markers) {
        // given
        var impatient = new RuntimeDocumentChecker(directory, Duration.ofSeconds(3));
        // when
        // then
        assertThatThrownBy(() -> impatient.check("hang " + markers.resolve("aCheckThatHangs")))
                .isInstanceOf(IOException.class)
                .hasMessage("checking the document took longer than 3 s");
        await().until(RuntimeDocumentCheckerTest::noChildRuns);
    }

    @Test
    void whoeverStopsWaitingEndsTheCheck(@TempDir Path markers) throws Exception {
        // given
        var marker = markers.resolve("whoeverStopsWaiting");
        try (var threads = Executors.newSingleThreadExecutor()) {
            var check = threads.submit(() -> checker.check("hang " + marker));
            await().until(() -> Files.exists(marker));
            // when
            check.cancel(true);
        }
        // then
        await().until(RuntimeDocumentCheckerTest::noChildRuns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0", "exit 1", "grumble 2"})
    void noTemporaryFileIsLeftBehind(String outcome) throws Exception {
        // given
        var document = outcome + " " + UUID.randomUUID();
        // when
        try {
            checker.check(document);
        } catch (IOException e) {
            assertThat(outcome).isNotEqualTo("exit 0");
        }
        // then
        assertThat(temporaryFiles()).noneMatch(text -> text.contains(document.substring(outcome.length())));
    }

    private static boolean noChildRuns() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .noneMatch(child -> child.info().commandLine().orElse("").contains("CheckMain"));
    }

    /** Reads every temporary file of any checker: other processes may have theirs. */
    private static List<String> temporaryFiles() throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(
                Path.of(System.getProperty("java.io.tmpdir")), "openapi-*.{yaml,json,err,checked}")) {
            for (var file : files) {
                try {
                    texts.add(Files.readString(file));
                } catch (NoSuchFileException e) {
                    // another process was done with its own
                }
            }
        }
        return texts;
    }
}
