package dev.brr.jemalloc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a JVM like this one, with this class path and another environment, and reads what its main class prints. */
public final class ForkedJvm {

    private int timeoutSeconds = 60;
    private String collector = "-XX:+UseSerialGC";

    private final Class<?> main;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();

    private List<String> launcher =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private List<String> nativeAccess = List.of("--enable-native-access=ALL-UNNAMED");
    private String classPath = ownClassPath();

    private ForkedJvm(Class<?> main) {
        this.main = main;
    }

    /** What a forked JVM left behind. {@code out} is its standard output, {@code err} its standard error. */
    public record Result(Map<String, String> environment, int exit, String out, String err) {
        /** Returns what the program printed as {@code key=value}; fails if it did not, or did not end well. */
        public String value(String key) {
            if (exit != 0) {
                throw new AssertionError(
                        "%s: the forked JVM ended with %d:%n%s%n%s".formatted(environment, exit, out, err));
            }
            Optional<String> line =
                    out.lines().filter(text -> text.startsWith(key + "=")).findFirst();
            return line.orElseThrow(() -> new AssertionError("no %s= in:%n%s%n%s".formatted(key, out, err)))
                    .substring(key.length() + 1);
        }

        /** Returns a printed value as a number. */
        public long number(String key) {
            return Long.parseLong(value(key));
        }
    }

    /** Will run a main class without jemalloc and without MALLOC_CONF. */
    public static ForkedJvm of(Class<?> main) {
        return new ForkedJvm(main);
    }

    /** Will run a main class with jemalloc preloaded. Fails if it is not installed. */
    public static ForkedJvm withJemalloc(Class<?> main, String mallocConf) {
        RealJemalloc.start("");
        return of(main).env("LD_PRELOAD", RealJemalloc.LIBRARY).env("MALLOC_CONF", mallocConf);
    }

    /** Sets a variable of the environment. */
    public ForkedJvm env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds an option of the JVM. */
    public ForkedJvm option(String option) {
        options.add(option);
        return this;
    }

    /** Collects by another collector than the serial one. */
    public ForkedJvm collector(String flag) {
        collector = flag;
        return this;
    }

    /** Forbids native access to all but the JDK. */
    public ForkedJvm withoutNativeAccess() {
        nativeAccess = List.of("--illegal-native-access=deny");
        return this;
    }

    /** Waits longer than a minute for its end. */
    public ForkedJvm timeout(int seconds) {
        timeoutSeconds = seconds;
        return this;
    }

    /** Starts it by another command than {@code java}. */
    public ForkedJvm launcher(String... command) {
        launcher = List.of(command);
        return this;
    }

    /** Takes classes from elsewhere than this JVM does. */
    public ForkedJvm classPath(String path) {
        classPath = path;
        return this;
    }

    /** Returns the class path of the tests. */
    static String ownClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Runs it to its end. */
    public Result run() {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(collector, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(nativeAccess);
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.add(main.getName());
        try {
            return run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a JVM ran", e);
        }
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("forked-jvm", ".out");
        Path err = Files.createTempFile("forked-jvm", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeAll(List.of("LD_PRELOAD", "MALLOC_CONF", "JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "the forked JVM did not end in %d s with %s".formatted(timeoutSeconds, environment));
            }
            return new Result(
                    environment, process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
