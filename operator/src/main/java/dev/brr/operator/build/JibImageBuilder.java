package dev.brr.operator.build;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Builds service images in this process with Jib Core: base, allocator, runtime, AOT cache, handlers and document as
 * layers of their own, so that a changed document uploads a few kilobytes.
 *
 * <p>Same inputs and the same file of an AOT cache give the same digest: all times are the epoch, entries are sorted.
 */
public final class JibImageBuilder implements ImageBuilder, AutoCloseable {

    /** Where jemalloc lies in a service image, on each architecture. */
    public static final String JEMALLOC = ServiceImage.JEMALLOC;

    private static final AotDecision NONE_MADE = new AotDecision.None("this operator makes none");
    private static final String USER = "65532";

    private final ServiceFiles files;
    private final ImageRegistry registry;
    private final Path cache;
    private final Optional<AotCaches> aotCaches;
    // Jib's steps wait for each other on this pool: any fixed size can deadlock (seen with 4 threads, Jib 0.28.1).
    private final ExecutorService steps = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("jib-", 0).daemon().factory());

    /**
     * Creates a builder that puts these files into images and keeps Jib's layers in the cache directory.
     *
     * @param aotCaches where images get AOT caches from; nothing for images without one
     */
    public JibImageBuilder(ServiceFiles files, ImageRegistry registry, Path cache, Optional<AotCaches> aotCaches) {
        this.files = files;
        this.registry = registry;
        this.cache = cache;
        this.aotCaches = aotCaches;
    }

    @Override
    public BuildOutcome.Succeeded build(BuildRequest request, String checked) throws IOException, InterruptedException {
        var refusal = files.refusal(request.architectures());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        try {
            var baseDigest = registry.digest(request.base(), null)
                    .orElseThrow(() -> new IOException("the registry has no base image " + request.base()
                            + "; push it or name another in spec.image.base"));
            var there = adopt(request, baseDigest);
            return there.isPresent() ? there.get() : make(request, checked, baseDigest, decide(request, baseDigest));
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
        aotCaches.ifPresent(AotCaches::close);
    }

    /**
     * Takes an image of these inputs that is there, with an AOT cache or without: which one was built may have hung on
     * what could be reached or trained at that time, and a running service is not to be replaced for that.
     */
    private Optional<BuildOutcome.Succeeded> adopt(BuildRequest request, String baseDigest)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var decisions = aotCaches
                .map(caches -> caches.possible(request.architectures()))
                .orElse(List.of(NONE_MADE));
        for (var aot : decisions) {
            var revision = request.revision(baseDigest, aot);
            var digest = registry.digest(request.repository() + ":" + revision, request.push());
            if (digest.isPresent()) {
                return Optional.of(new BuildOutcome.Succeeded(request.repository(), digest.get(), revision, true, aot));
            }
        }
        return Optional.empty();
    }

    private AotDecision decide(BuildRequest request, String baseDigest) throws InvalidImageReferenceException {
        return aotCaches.isPresent()
                ? aotCaches.get().decide(request.architectures(), ImageRegistry.byDigest(request.base(), baseDigest))
                : NONE_MADE;
    }

    /** Builds; without the cache that was decided on where it cannot be had, which is another revision. */
    private BuildOutcome.Succeeded make(BuildRequest request, String checked, String baseDigest, AotDecision aot)
            throws InvalidImageReferenceException, IOException, InterruptedException, CacheDirectoryCreationException,
                    ExecutionException, RegistryException {
        var file = aot instanceof AotDecision.Included && aotCaches.isPresent()
                ? aotCaches.get().file()
                : Optional.<Path>empty();
        if (aot instanceof AotDecision.Included && file.isEmpty()) {
            return make(
                    request,
                    checked,
                    baseDigest,
                    new AotDecision.None("it could not be made; the operator's log says why"));
        }
        var revision = request.revision(baseDigest, aot);
        var digest = containerize(request, checked, baseDigest, request.repository() + ":" + revision, file);
        return new BuildOutcome.Succeeded(request.repository(), digest, revision, false, aot);
    }

    /** Says what the base preloads beside jemalloc, where it does. */
    private Optional<BasePreload.Kept> preload(BuildRequest request, String baseDigest)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var environment = registry.environment(
                ImageRegistry.byDigest(request.base(), baseDigest),
                request.architectures().getFirst());
        return switch (BasePreload.decide(request.base(), environment)) {
            case BasePreload.None() -> Optional.empty();
            case BasePreload.Kept kept -> Optional.of(kept);
            case BasePreload.Refused(var message) -> throw new RefusedBaseException(message);
        };
    }

    private String containerize(
            BuildRequest request, String checked, String baseDigest, String target, Optional<Path> aotCache)
            throws InvalidImageReferenceException, IOException, InterruptedException, CacheDirectoryCreationException,
                    ExecutionException, RegistryException {
        var preload = preload(request, baseDigest);
        var texts = Files.createTempDirectory("image-");
        try {
            var image = new ServiceImage(files, texts, aotCache);
            var layers = new ArrayList<>(image.layers(request, checked));
            if (preload.isPresent()) {
                layers.add(image.preload(preload.get()));
            }
            var container = Jib.from(base(request, baseDigest))
                    .setPlatforms(platforms(request))
                    .setFileEntriesLayers(layers)
                    .setEntrypoint(image.entrypoint())
                    .setExposedPorts(Set.of(Port.tcp(8080), Port.tcp(9090)))
                    .setUser(USER)
                    .setCreationTime(Instant.EPOCH)
                    .containerize(Containerizer.to(registry.image(target, request.push()))
                            .setExecutorService(steps)
                            .setBaseImageLayersCache(cache.resolve("base"))
                            .setApplicationLayersCache(cache.resolve("application"))
                            .setAllowInsecureRegistries(registry.allowsInsecure(target))
                            .setToolName("brr"));
            return container.getDigest().toString();
        } finally {
            delete(texts);
        }
    }

    private static Set<Platform> platforms(BuildRequest request) {
        return request.architectures().stream()
                .map(architecture -> new Platform(architecture, "linux"))
                .collect(Collectors.toSet());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private RegistryImage base(BuildRequest request, String baseDigest) throws InvalidImageReferenceException {
        return registry.image(ImageRegistry.byDigest(request.base(), baseDigest), null);
    }

    private static String rootMessage(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
