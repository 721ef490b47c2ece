package dev.brr.operator.build;

import static java.util.Objects.requireNonNull;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds service images in this process with Jib Core: base, allocator, runtime, handlers and document as layers of their
 * own, so that a changed document uploads a few kilobytes.
 *
 * <p>Same inputs give the same digest: all times are the epoch, entries are sorted.
 */
public final class JibImageBuilder implements ImageBuilder, AutoCloseable {

    /** Where jemalloc lies in a service image, on each architecture. */
    public static final String JEMALLOC = "/opt/brr/lib/libjemalloc.so.2";

    private static final String DOCUMENT = "/app/openapi.yaml";
    /** The loader reads it behind LD_PRELOAD, so that jemalloc stays first. */
    private static final String PRELOAD = "/etc/ld.so.preload";

    private static final String USER = "65532";

    private final ServiceFiles files;
    private final ImageRegistry registry;
    private final Path cache;
    // Jib's steps wait for each other on this pool: any fixed size can deadlock (seen with 4 threads, Jib 0.28.1).
    private final ExecutorService steps = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("jib-", 0).daemon().factory());

    /** Creates a builder that puts these files into images and keeps Jib's layers in the cache directory. */
    public JibImageBuilder(ServiceFiles files, ImageRegistry registry, Path cache) {
        this.files = files;
        this.registry = registry;
        this.cache = cache;
    }

    @Override
    public BuildOutcome.Succeeded build(BuildRequest request) throws IOException, InterruptedException {
        var refusal = files.refusal(request.architectures());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        try {
            var baseDigest = registry.digest(request.base(), null)
                    .orElseThrow(() -> new IOException("the registry has no base image " + request.base()
                            + "; push it or name another in spec.image.base"));
            var revision = request.revision(baseDigest);
            var target = request.repository() + ":" + revision;
            var there = registry.digest(target, request.push());
            if (there.isPresent()) {
                return new BuildOutcome.Succeeded(request.repository(), there.get(), revision, true);
            }
            return new BuildOutcome.Succeeded(
                    request.repository(), containerize(request, baseDigest, target), revision, false);
        } catch (RegistryUnauthorizedException e) {
            throw new IOException(
                    "the registry refuses the credentials for %s: %s; check the push Secret"
                            .formatted(e.getImageReference(), e.getMessage()),
                    e);
        } catch (RegistryException | ExecutionException | InvalidImageReferenceException e) {
            throw new IOException(rootMessage(e), e);
        } catch (CacheDirectoryCreationException e) {
            throw new IOException("the layer cache below " + cache + " cannot be written: " + rootMessage(e), e);
        }
    }

    @Override
    public void close() {
        steps.shutdownNow();
    }

    /** Returns the text of the file that goes on preloading what the base preloads, if it does. */
    private Optional<String> preload(BuildRequest request, String baseDigest)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var environment = registry.environment(
                ImageRegistry.byDigest(request.base(), baseDigest),
                request.architectures().getFirst());
        return switch (BasePreload.decide(request.base(), environment)) {
            case BasePreload.None() -> Optional.empty();
            case BasePreload.Kept kept -> Optional.of(kept.fileText());
            case BasePreload.Refused(var message) -> throw new RefusedBaseException(message);
        };
    }

    private String containerize(BuildRequest request, String baseDigest, String target)
            throws InvalidImageReferenceException, IOException, InterruptedException, CacheDirectoryCreationException,
                    ExecutionException, RegistryException {
        var document = Files.createTempFile("openapi-", ".yaml");
        var preloaded = Files.createTempFile("ld.so-", ".preload");
        try {
            Files.writeString(document, request.document());
            var image = image(request, baseDigest, document);
            var preload = preload(request, baseDigest);
            if (preload.isPresent()) {
                image.addFileEntriesLayer(FileEntriesLayer.builder()
                        .setName("preload")
                        .addEntry(Files.writeString(preloaded, preload.get()), AbsoluteUnixPath.get(PRELOAD))
                        .build());
            }
            var container = image.containerize(Containerizer.to(registry.image(target, request.push()))
                    .setExecutorService(steps)
                    .setBaseImageLayersCache(cache.resolve("base"))
                    .setApplicationLayersCache(cache.resolve("application"))
                    .setAllowInsecureRegistries(registry.allowsInsecure(target))
                    .setToolName("brr"));
            return container.getDigest().toString();
        } finally {
            Files.deleteIfExists(document);
            Files.deleteIfExists(preloaded);
        }
    }

    private JibContainerBuilder image(BuildRequest request, String baseDigest, Path document)
            throws InvalidImageReferenceException {
        var platforms = request.architectures().stream()
                .map(architecture -> new Platform(architecture, "linux"))
                .collect(Collectors.toSet());
        return Jib.from(base(request, baseDigest))
                .setPlatforms(platforms)
                .setFileEntriesLayers(layers(request, document))
                .setEntrypoint(List.of(
                        "java",
                        "@/app/jvm.options",
                        "-cp",
                        "/app/libs/*:/app/handlers/*",
                        "dev.brr.runtime.RuntimeMain",
                        "--spec",
                        DOCUMENT))
                .setExposedPorts(Set.of(Port.tcp(8080), Port.tcp(9090)))
                .setUser(USER)
                .setCreationTime(Instant.EPOCH);
    }

    private RegistryImage base(BuildRequest request, String baseDigest) throws InvalidImageReferenceException {
        return registry.image(ImageRegistry.byDigest(request.base(), baseDigest), null);
    }

    private List<FileEntriesLayer> layers(BuildRequest request, Path document) {
        var allocator = FileEntriesLayer.builder().setName("jemalloc");
        for (var architecture : request.architectures()) {
            allocator.addEntry(requireNonNull(files.jemalloc().get(architecture)), AbsoluteUnixPath.get(JEMALLOC));
        }
        var runtime = FileEntriesLayer.builder().setName("runtime");
        files.libraries().forEach(jar -> runtime.addEntry(jar, AbsoluteUnixPath.get("/app/libs/" + jar.getFileName())));
        runtime.addEntry(files.jvmOptions(), AbsoluteUnixPath.get("/app/jvm.options"));
        var handlers = FileEntriesLayer.builder().setName("handlers");
        if (request.petStore()) {
            files.handlers()
                    .forEach(jar -> handlers.addEntry(jar, AbsoluteUnixPath.get("/app/handlers/" + jar.getFileName())));
        }
        var openapi = FileEntriesLayer.builder().setName("document").addEntry(document, AbsoluteUnixPath.get(DOCUMENT));
        return Stream.of(allocator, runtime, handlers, openapi)
                .map(FileEntriesLayer.Builder::build)
                .filter(layer -> !layer.getEntries().isEmpty())
                .toList();
    }

    private static String rootMessage(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
