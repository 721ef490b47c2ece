package dev.brr.operator.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the packaged runtime itself, in a process of its own: what it accepts is what it can serve, and its libraries
 * never meet the operator's on one class path.
 */
public final class RuntimeDocumentChecker implements DocumentChecker {

    private static final String MAIN = "dev.brr.runtime.document.CheckMain";
    private static final long TIMEOUT_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path serviceDirectory;

    /** Creates a checker that runs the runtime of the given directory. */
    public RuntimeDocumentChecker(Path serviceDirectory) {
        this.serviceDirectory = serviceDirectory;
    }

    @Override
    public List<DocumentProblem> check(String document) throws IOException, InterruptedException {
        var input = Files.createTempFile("openapi-", ".yaml");
        var errors = Files.createTempFile("openapi-", ".err");
        try {
            Files.writeString(input, document);
            var process = new ProcessBuilder(command(input))
                    .redirectError(errors.toFile())
                    .start();
            try {
                return read(process, errors);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(errors);
        }
    }

    private List<String> command(Path input) {
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
                input.toString());
    }

    private static List<DocumentProblem> read(Process process, Path errors) throws IOException, InterruptedException {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("checking the document took longer than " + TIMEOUT_SECONDS + " s");
        }
        return switch (process.exitValue()) {
            case 0 -> List.of();
            case 1 -> JSON.readValue(output, new TypeReference<List<DocumentProblem>>() {});
            default ->
                throw new IOException("checking the document ended with exit code %d: %s"
                        .formatted(process.exitValue(), Files.readString(errors).strip()));
        };
    }
}
