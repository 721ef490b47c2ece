package dev.brr.runtime.profiling;

import com.sun.jna.Memory;
import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.config.DebugSettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.server.BrrServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

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

    /** Takes the document, the token's file and, if there are, a memory limit and a folder for evidence; prints the port. */
    public static void main(String[] arguments) throws Exception {
        var config = RuntimeConfig.defaults(Path.of(arguments[0]))
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withDebug(_ -> new DebugSettings(Optional.of(Path.of(arguments[1]))))
                .withMemory(memory -> arguments.length < 4
                        ? memory
                        : memory.withLimitBytes(Long.parseLong(arguments[2]))
                                .withBlackBox(memory.blackBox().withDirectory(Path.of(arguments[3]))));
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
        BrrServer server = BrrServer.start(config, handlers);
        System.out.println("port=" + server.port());
        new CountDownLatch(1).await();
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
