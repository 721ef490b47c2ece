package dev.brr.operator.build;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the one AOT cache that this operator's JVM can make for its packaged runtime, when an image first wants it, and
 * keeps it as a file. A cache that cannot be made is none in the images, and no failure of a build.
 */
public final class AotCaches implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AotCaches.class);
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(60);
    /** Longer than both processes may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final int LOOKS = 2;

    private static final Duration END = Duration.ofSeconds(10);

    /** Makes a cache in an empty folder. */
    interface Training {
        Path make(Path work) throws IOException, InterruptedException;
    }

    private final Jvm own;
    private final String identity;
    private final BaseJvms bases;
    private final Training training;
    private final Path folder;
    private final Duration patience;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("aot-training-", 0).daemon().factory());
    private @Nullable CompletableFuture<Optional<Path>> cache;

    /** Creates it for a JVM; nothing is trained yet. */
    AotCaches(Jvm own, ServiceFiles files, BaseJvms bases, Training training, Path folder, Duration patience) {
        this.own = own;
        this.identity = Hash.of(own.architecture(), own.library(), own.modules(), files.hash())
                .substring(0, 20);
        this.bases = bases;
        this.training = training;
        this.folder = folder;
        this.patience = patience;
    }

    /**
     * Creates it for the JVM of this process.
     *
     * @param folder where the cache is kept
     * @throws IOException where this process does not run on a JVM with the usual files
     */
    public static AotCaches ofThisJvm(ServiceFiles files, ImageRegistry registry, Path folder) throws IOException {
        var home = Path.of(System.getProperty("java.home"));
        var own = Jvm.of(home, System.getProperty("os.arch"));
        var jemalloc = files.jemalloc().get(own.architecture());
        return new AotCaches(
                own,
                files,
                new BaseJvms(registry),
                new AotTraining(files, home, jemalloc, PROCESS_LIMIT)::make,
                folder,
                PATIENCE);
    }

    /**
     * Returns the decisions that an image of these architectures can have been built by, that with a cache first. Unlike
     * {@link #decide} it asks nobody, and so gives the same whoever is out of reach.
     */
    List<AotDecision> possible(List<String> architectures) {
        return isFor(architectures)
                ? List.of(
                        new AotDecision.Included(identity),
                        new AotDecision.None("the image was there before, without one"))
                : List.of(AotDecision.decide(own, identity, architectures, JvmFiles.NONE));
    }

    /**
     * Decides whether an image is to bring the cache. A base that cannot be looked at is looked at once more: what it is
     * decided on now stays for as long as the image does.
     *
     * @param base the base image by digest
     */
    AotDecision decide(List<String> architectures, String base) throws InvalidImageReferenceException {
        for (int look = 1; ; look++) {
            try {
                var files = isFor(architectures) ? bases.of(base, own.architecture()) : JvmFiles.NONE;
                return AotDecision.decide(own, identity, architectures, files);
            } catch (IOException | RegistryException e) {
                LOGGER.atWarn()
                        .addKeyValue("base", base)
                        .addKeyValue("look", look)
                        .addKeyValue("error", e.toString())
                        .log("the base image's JVM cannot be looked at");
                if (look == LOOKS) {
                    return new AotDecision.None("the base image's JVM could not be looked at");
                }
            }
        }
    }

    private boolean isFor(List<String> architectures) {
        return architectures.equals(List.of(own.architecture()));
    }

    /** Returns the cache, and makes it where there is none: waits for it, but not for ever. Nothing where it cannot be made. */
    Optional<Path> file() throws InterruptedException {
        try {
            return made().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.warn("the AOT cache is still being made; an image is built without it");
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("making an AOT cache ends with a value", e);
        }
    }

    /** Ends a training that runs, and waits until its processes and files are gone. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("the training of the AOT cache has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized CompletableFuture<Optional<Path>> made() {
        if (cache == null) {
            cache = CompletableFuture.supplyAsync(this::make, executor);
        }
        return cache;
    }

    private Optional<Path> make() {
        var file = folder.resolve(identity + ".aot");
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        var begun = System.nanoTime();
        try {
            Files.createDirectories(folder);
            var work = Files.createTempDirectory(folder, "training-");
            try {
                Files.move(training.make(work), file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(work);
            }
            LOGGER.atInfo()
                    .addKeyValue("milliseconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                    .addKeyValue("bytes", Files.size(file))
                    .log("AOT cache made");
            return Optional.of(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("error", e.toString())
                    .log("no AOT cache can be made; images are built without one until the operator starts again");
            return Optional.empty();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
