package dev.brr.operator.e2e;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A base image with a handler that keeps a mebibyte of native memory at each call, made as the guide to handlers does. */
final class LeakingImage {

    static final String OPERATION = "keepForEver";
    static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Leaking, version: 1.0.0}
            paths:
              /leak: {get: {operationId: keepForEver, responses: {"204": {description: kept}}}}
            """;
    private static final String SOURCE = """
            package leaking;

            import dev.brr.runtime.handler.OperationHandler;
            import dev.brr.runtime.handler.OperationHandlerProvider;
            import dev.brr.runtime.handler.Response;
            import java.lang.foreign.Arena;
            import java.util.Map;

            public final class LeakingHandlers implements OperationHandlerProvider {
                @Override
                public Map<String, OperationHandler> handlers() {
                    return Map.of("keepForEver", request -> {
                        Arena.global().allocate(1 << 20).fill((byte) 1);
                        return Response.empty(204);
                    });
                }
            }
            """;
    private static final Path RUNTIME = Path.of("..", "runtime", "target", "classes");

    private LeakingImage() {}

    /** Compiles the handler against the runtime, pushes the image, and returns its name with its digest. */
    static String push(Path folder, String repository) throws Exception {
        var jar = jar(folder);
        var name = Cluster.variable("BRR_REGISTRY_FROM_HOST") + "/" + repository;
        try (var executor = Executors.newCachedThreadPool()) {
            var pushed = Jib.from(RegistryImage.named(Cluster.variable("BRR_BASE_IMAGE")))
                    .addLayer(List.of(jar), AbsoluteUnixPath.get("/app/handlers"))
                    .containerize(Containerizer.to(RegistryImage.named(name))
                            .setAllowInsecureRegistries(true)
                            .setExecutorService(executor)
                            .setBaseImageLayersCache(folder.resolve("base"))
                            .setApplicationLayersCache(folder.resolve("layers")));
            return Cluster.variable("BRR_REGISTRY") + "/" + repository + "@" + pushed.getDigest();
        }
    }

    private static Path jar(Path folder) throws IOException {
        var source = Files.createDirectories(folder.resolve("leaking")).resolve("LeakingHandlers.java");
        Files.writeString(source, SOURCE);
        var classes = folder.resolve("classes");
        var failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", RUNTIME.toString(), "-d", classes.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the handler does not compile against " + RUNTIME.toAbsolutePath());
        }
        var services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("dev.brr.runtime.handler.OperationHandlerProvider"), "leaking.LeakingHandlers\n");
        var jar = folder.resolve("leaking-handlers.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
