package dev.brr.runtime.profiling;

import com.sun.jna.Memory;
import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.config.BlackBoxSettings;
import dev.brr.runtime.config.DebugSettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.RunningService;
import dev.brr.runtime.server.TestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service whose operations keep a megabyte of native memory at each call, give it back, or cannot be followed. */
final class LeakingService {

    static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: leaking, version: "1"}
            paths:
              /leak: {get: {operationId: leakingOperation, responses: {"204": {description: done}}}}
              /calm: {get: {operationId: calmOperation, responses: {"204": {description: done}}}}
              /pinned: {get: {operationId: pinningOperation, responses: {"204": {description: done}}}}
            """;
    private static final List<Memory> KEPT = new CopyOnWriteArrayList<>();
    private static final int MEBIBYTE = 1 << 20;

    private LeakingService() {}

    /**
     * Describes a process of it with jemalloc preloaded.
     *
     * @param folder gets document and token
     * @param heap the most that the Java heap may have, as {@code 64m}
     * @param more a memory limit, a folder for evidence, and any word for sampling that the black box begins at once
     */
    static ProcessBuilder process(Path folder, String heap, String mallocConf, String... more) throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), DOCUMENT);
        Path token = Files.writeString(folder.resolve("token"), RunningService.TOKEN);
        List<String> arguments = new ArrayList<>(List.of(document.toString(), token.toString()));
        arguments.addAll(List.of(more));
        return TestProgram.onJemalloc(
                TestProgram.process(LeakingService.class, heap, arguments.toArray(String[]::new)), mallocConf);
    }

    /** Takes the document, the token's file and what else there is. */
    public static void main(String[] arguments) throws Exception {
        var config = RuntimeConfig.defaults(Path.of(arguments[0]))
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withDebug(_ -> new DebugSettings(Optional.of(Path.of(arguments[1]))))
                .withMemory(memory -> arguments.length < 4
                        ? memory
                        : memory.withLimitBytes(Long.parseLong(arguments[2]))
                                .withBlackBox(blackBox(Path.of(arguments[3]), arguments.length > 4)));
        var handlers = new HandlerDiscovery(
                Map.of(
                        "leakingOperation",
                        _ -> {
                            Thread.sleep(2);
                            Memory taken = new Memory(MEBIBYTE);
                            taken.clear();
                            KEPT.add(taken);
                            return Response.empty(204);
                        },
                        "calmOperation",
                        _ -> {
                            new Memory(MEBIBYTE).close();
                            return Response.empty(204);
                        },
                        "pinningOperation",
                        _ -> {
                            Thread.ofVirtual().start(() -> Pinned.touch()).join();
                            return Response.empty(204);
                        }),
                List.of());
        TestProgram.serve(BrrServer.start(config, handlers));
    }

    private static BlackBoxSettings blackBox(Path folder, boolean samplesAtOnce) {
        BlackBoxSettings usual = BlackBoxSettings.DEFAULTS.withDirectory(folder);
        return !samplesAtOnce
                ? usual
                : new BlackBoxSettings(
                        usual.directory(),
                        usual.firstPercent(),
                        usual.secondPercent(),
                        0,
                        usual.growthPercent(),
                        usual.interval(),
                        usual.entries(),
                        usual.bytes());
    }

    /** Its initialiser, once in a process, runs below a native frame of the JVM's: the thread cannot leave its carrier. */
    private static final class Pinned {
        static {
            ProfiledOperation.of("pinned").open().close();
        }

        private Pinned() {}

        static void touch() {
            // Initialises the class.
        }
    }
}
