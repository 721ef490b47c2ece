package dev.brr.runtime.server;

import com.sun.jna.Memory;
import dev.brr.runtime.config.BlackBoxSettings;
import dev.brr.runtime.config.DebugSettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A service that holds three fifths of its memory limit or nothing, as it is asked to; for its black box an hour is a second. */
final class HurriedService {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: hurried, version: "1"}
            paths:
              /hold: {get: {operationId: hold, responses: {"204": {description: done}}}}
              /release: {get: {operationId: release, responses: {"204": {description: done}}}}
            """;
    private static final int MEBIBYTE = 1 << 20;
    private static final int LIMIT = 500;
    private static final List<Memory> HELD = new CopyOnWriteArrayList<>();
    private static final long SECONDS_OF_AN_HOUR = Duration.ofHours(1).toSeconds();

    private HurriedService() {}

    /**
     * Describes a process of it with jemalloc preloaded, which gives memory back at once.
     *
     * @param folder gets document, token and evidence
     */
    static ProcessBuilder process(Path folder) throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), DOCUMENT);
        Files.writeString(folder.resolve("token"), RunningService.TOKEN);
        return TestProgram.onJemalloc(
                TestProgram.process(HurriedService.class, "64m", folder.toString()),
                "abort_conf:true,prof:true,prof_active:false,dirty_decay_ms:0,muzzy_decay_ms:0");
    }

    /** Takes the folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var config = RuntimeConfig.defaults(folder.resolve("openapi.yaml"))
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withDebug(_ -> new DebugSettings(Optional.of(folder.resolve("token"))))
                .withMemory(memory ->
                        memory.withLimitBytes((long) LIMIT * MEBIBYTE).withBlackBox(blackBox(folder.resolve("kept"))));
        var handlers = new HandlerDiscovery(
                Map.of(
                        "hold",
                        _ -> {
                            Stream.generate(() -> new Memory(MEBIBYTE))
                                    .limit(LIMIT * 3 / 5)
                                    .forEach(HurriedService::hold);
                            return Response.empty(204);
                        },
                        "release",
                        _ -> {
                            HELD.forEach(Memory::close);
                            HELD.clear();
                            return Response.empty(204);
                        }),
                List.of());
        TestProgram.serve(BrrServer.start(config, handlers, () -> System.nanoTime() * SECONDS_OF_AN_HOUR));
    }

    private static void hold(Memory memory) {
        memory.clear();
        HELD.add(memory);
    }

    /** Lows of seconds, early in the life of a JVM, grow: that is not what is asked for here. */
    private static BlackBoxSettings blackBox(Path folder) {
        BlackBoxSettings usual = BlackBoxSettings.DEFAULTS;
        return new BlackBoxSettings(
                Optional.of(folder),
                usual.firstPercent(),
                usual.secondPercent(),
                usual.samplingPercent(),
                Integer.MAX_VALUE,
                usual.interval(),
                usual.entries(),
                usual.bytes());
    }
}
