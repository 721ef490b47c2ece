package dev.brr.operator.openapi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the packaged runtime itself, in a process of its own: what it accepts is what it can serve, and its libraries
 * never meet the operator's on one class path.
 */
public final class RuntimeDocumentChecker implements DocumentChecker {

    private static final String MAIN = "dev.brr.runtime.document.CheckMain";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path serviceDirectory;
    private final Duration timeout;

    /** Creates a checker that runs the runtime of the given directory. */
    public RuntimeDocumentChecker(Path serviceDirectory) {
        this(serviceDirectory, TIMEOUT);
    }

    RuntimeDocumentChecker(Path serviceDirectory, Duration timeout) {
        this.serviceDirectory = serviceDirectory;
        this.timeout = timeout;
    }

    @Override
    public DocumentVerdict check(String document) throws IOException, InterruptedException {
        var input = Files.createTempFile("openapi-", ".yaml");
        var output = Files.createTempFile("openapi-", ".json");
        var errors = Files.createTempFile("openapi-", ".err");
        var checked = Files.createTempFile("openapi-", ".checked");
        try {
            Files.writeString(input, document);
            // Into files: reading a pipe would block for as long as the process lives, whatever the timeout says.
            var process = new ProcessBuilder(command(input, checked))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                var problems = read(process, output, errors);
                return problems.isEmpty()
                        ? new DocumentVerdict(problems, Files.readString(checked))
                        : DocumentVerdict.refused(problems);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
            Files.deleteIfExists(checked);
        }
    }

    private List<String> command(Path input, Path checked) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Xshare:auto",
                "-cp",
                serviceDirectory.resolve("libs") + "/*",
                MAIN,
                "--spec",
                input.toString(),
                "--checked",
                checked.toString());
    }

    private List<DocumentProblem> read(Process process, Path output, Path errors)
            throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("checking the document took longer than " + timeout.toSeconds() + " s");
        }
        return switch (process.exitValue()) {
            case 0 -> List.of();
            case 1 -> problems(Files.readString(output), Files.readString(errors));
            default -> throw ended(process.exitValue(), Files.readString(errors), null);
        };
    }

    /** Reads the problems. A JVM that cannot start, or whose main method throws, ends with 1 as well. */
    private static List<DocumentProblem> problems(String output, String errors) throws IOException {
        try {
            return JSON.readValue(output, new TypeReference<List<DocumentProblem>>() {});
        } catch (JacksonException e) {
            throw ended(1, errors, e);
        }
    }

    private static IOException ended(int exitCode, String errors, @Nullable Throwable cause) {
        return new IOException(
                "checking the document ended with exit code %d: %s".formatted(exitCode, errors.strip()), cause);
    }
}
