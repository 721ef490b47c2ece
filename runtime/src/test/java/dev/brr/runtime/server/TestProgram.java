package dev.brr.runtime.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Is what programs share that tests run in processes of their own: how they are started, and say where they listen. */
public final class TestProgram {
    private TestProgram() {}

    /**
     * Describes a process of this JVM's Java and class path.
     *
     * @param program has a main method
     * @param heap the most that the Java heap may have, as {@code 64m}
     */
    public static ProcessBuilder process(Class<?> program, String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Has jemalloc preloaded in a process, with the given options. */
    public static ProcessBuilder onJemalloc(ProcessBuilder process, String mallocConf) {
        process.environment().put("LD_PRELOAD", "libjemalloc.so.2");
        process.environment().put("MALLOC_CONF", mallocConf);
        return process;
    }

    /** Says where a service listens, in the words of the runtime, and serves until the process is killed. */
    public static void serve(BrrServer server) throws InterruptedException {
        System.out.println("Listening on port " + server.port());
        new CountDownLatch(1).await();
    }
}
