package dev.brr.operator.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the AOT cache of a service's start in two child processes of this JVM: one starts the packaged runtime, answers a
 * few requests and records; the other writes the cache from the record. One after the other, so that no more than the
 * larger of the two needs room beside the operator.
 *
 * <p>The jars lie below another folder than in an image, in the same order, with the same sizes and times: HotSpot takes a
 * class path that differs by a prefix for the same one.
 *
 * @param files the packaged runtime
 * @param home the JVM that makes the cache
 * @param preload jemalloc, so that its binding is recorded too
 * @param limit how long each process may take
 */
record AotTraining(ServiceFiles files, Path home, @Nullable Path preload, Duration limit) {

    static final String MAIN = "dev.brr.runtime.training.TrainingMain";
    /** What a reader of the image's options adds to them; the same for both processes. */
    private static final List<String> FLAGS = List.of(
            "-Xmx64m",
            // Adapters in the cache are compared by name when they are loaded, and JDK 25.0.3 warns of false alarms.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTAdapterCaching",
            // With profiles of a start the compiler works on methods that nothing else needs (docs/benchmarks.md).
            "-XX:-AOTRecordTraining");
    /** Somebody's options for the operator are none for the training. */
    private static final List<String> VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS", "CLASSPATH");

    private static final int TOLD_LINES = 5;

    /**
     * Makes a cache.
     *
     * @param work an empty folder; what is in it afterwards is of no more use
     * @return the cache, in that folder
     * @throws IOException with the end of what the process said, where there is no cache
     */
    Path make(Path work) throws IOException, InterruptedException {
        var classPath = layOut(work);
        var record = work.resolve("service.aotconf");
        var cache = work.resolve("service.aot");
        run(work, preload, Stream.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record, "@" + classPath, MAIN));
        run(
                work,
                null,
                Stream.of(
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + record,
                        "-XX:AOTCache=" + cache,
                        "@" + classPath));
        if (!Files.isRegularFile(cache)) {
            throw new IOException("the JVM wrote no cache");
        }
        return cache;
    }

    /** Copies the jars, with the times that they have in images, and writes the class path. */
    private Path layOut(Path work) throws IOException {
        var libraries = Files.createDirectories(work.resolve("libs"));
        for (var jar : files.libraries()) {
            var copy = Files.copy(
                    jar, libraries.resolve(jar.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(copy, FileTime.from(ServiceImage.FILE_TIME));
        }
        return Files.writeString(
                work.resolve("class-path.options"),
                ClassPath.below(work.toString(), files.libraries()).argumentFile());
    }

    private void run(Path work, @Nullable Path library, Stream<String> arguments)
            throws IOException, InterruptedException {
        var log = work.resolve("log");
        var command = Stream.of(
                        Stream.of(home.resolve("bin/java").toString(), "@" + files.jvmOptions()),
                        FLAGS.stream(),
                        arguments)
                .flatMap(part -> part)
                .toList();
        var builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        environment(builder.environment(), library);
        var process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it took longer than " + limit.toSeconds() + " s" + end(log));
            }
            if (process.exitValue() != 0) {
                throw new IOException("a process ended with exit code " + process.exitValue() + end(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void environment(Map<String, String> environment, @Nullable Path library) {
        VARIABLES.forEach(environment::remove);
        environment.remove("LD_PRELOAD");
        environment.remove("MALLOC_CONF");
        if (library != null) {
            environment.put("LD_PRELOAD", library.toString());
        }
    }

    private static String end(Path log) throws IOException {
        var lines = Files.readString(log).lines().toList();
        return lines.isEmpty()
                ? ""
                : ": " + String.join(" | ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }
}
