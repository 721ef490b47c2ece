package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a cache is trained, who waits for it, and what becomes of one that cannot be made. */
class AotCachesTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Jvm OWN = new Jvm("amd64", "a", "b");

    @TempDir
    Path directory;

    private final AtomicInteger trainings = new AtomicInteger();

    @Test
    void nothingIsTrainedBeforeAnImageWantsIt() {
        // given
        // when
        try (var caches = caches(this::writes, LONG)) {
            // then
            assertThat(caches).isNotNull();
            assertThat(trainings).hasValue(0);
            assertThat(directory.resolve("aot")).doesNotExist();
        }
    }

    @Test
    void theCacheIsAFileInTheFolderAndTheWorkIsGone() throws Exception {
        // given
        try (var caches = caches(this::writes, LONG)) {
            // when
            var file = caches.file();
            // then
            assertThat(file).get().satisfies(path -> assertThat(path).hasContent("cache"));
            assertThat(directory.resolve("aot")).isDirectoryContaining(path -> path.equals(file.orElseThrow()));
            assertThat(Files.list(directory.resolve("aot"))).hasSize(1);
        }
    }

    @Test
    void manyBuildsWaitForOneTraining() throws Exception {
        // given
        var gate = new CountDownLatch(1);
        try (var caches = caches(work -> afterwards(gate, work), LONG);
                var builds = Executors.newFixedThreadPool(8)) {
            Callable<Optional<Path>> build = caches::file;
            // when
            List<Future<Optional<Path>>> asked =
                    IntStream.range(0, 8).mapToObj(i -> builds.submit(build)).toList();
            gate.countDown();
            // then
            for (var each : asked) {
                assertThat(each.get()).isPresent();
            }
            assertThat(trainings).hasValue(1);
        }
    }

    @Test
    void aBuildDoesNotWaitForEver() throws Exception {
        // given
        var gate = new CountDownLatch(1);
        try (var caches = caches(work -> afterwards(gate, work), Duration.ofMillis(1))) {
            // when
            var file = caches.file();
            // then
            assertThat(file).isEmpty();
        }
    }

    @Test
    void theEndOfTheOperatorEndsTheTrainingAndLeavesNoFiles() throws Exception {
        // given
        var began = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var caches = caches(
                work -> {
                    began.countDown();
                    return afterwards(never, work);
                },
                Duration.ofMillis(1));
        assertThat(caches.file()).isEmpty();
        began.await();
        // when
        caches.close();
        // then
        assertThat(Files.list(directory.resolve("aot"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTrainingThatFailsIsNoCacheAndNotTriedAgain(boolean checked) throws Exception {
        // given
        try (var caches = caches(work -> fails(checked), LONG)) {
            // when
            var first = caches.file();
            var second = caches.file();
            // then
            assertThat(first).isEmpty();
            assertThat(second).isEmpty();
            assertThat(trainings).hasValue(1);
            assertThat(Files.list(directory.resolve("aot"))).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoCache() throws Exception {
        // given: a file in the place of the folder
        Files.writeString(directory.resolve("aot"), "in the way");
        try (var caches = caches(this::writes, LONG)) {
            // when
            var file = caches.file();
            // then
            assertThat(file).isEmpty();
        }
    }

    @Test
    void theNextProcessFindsTheCacheOfTheLast() throws Exception {
        // given
        Path made;
        try (var caches = caches(this::writes, LONG)) {
            made = caches.file().orElseThrow();
        }
        try (var caches = caches(this::writes, LONG)) {
            // when
            var file = caches.file();
            // then
            assertThat(file).contains(made);
            assertThat(trainings).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture", "library", "modules", "runtime"})
    void anythingThatTheCacheDependsOnMakesItAnother(String what) throws Exception {
        // given
        Path made;
        try (var caches = caches(this::writes, LONG)) {
            made = caches.file().orElseThrow();
        }
        var other = switch (what) {
            case "architecture" -> new Jvm("arm64", OWN.library(), OWN.modules());
            case "library" -> new Jvm(OWN.architecture(), "c", OWN.modules());
            case "modules" -> new Jvm(OWN.architecture(), OWN.library(), "c");
            default -> OWN;
        };
        var files = files(what.equals("runtime") ? "another" : "runtime");
        try (var caches = new AotCaches(other, files, bases(), this::writes, directory.resolve("aot"), LONG)) {
            // when
            var file = caches.file();
            // then
            assertThat(file).isPresent().get().isNotEqualTo(made);
            assertThat(trainings).hasValue(2);
        }
    }

    @Test
    void noRegistryIsAskedForAnImageOfAnotherArchitecture() throws Exception {
        // given: a registry that cannot be reached
        try (var caches = caches(this::writes, LONG)) {
            // when
            var decision = caches.decide(List.of("arm64"), "no-such-host.invalid/base@sha256:" + "ab".repeat(32));
            // then
            assertThat(decision)
                    .isEqualTo(new AotDecision.None("the image is for arm64, and the operator runs on amd64"));
        }
    }

    private AotCaches caches(AotCaches.Training training, Duration patience) {
        return new AotCaches(OWN, files("runtime"), bases(), training, directory.resolve("aot"), patience);
    }

    private static BaseJvms bases() {
        return new BaseJvms(new ImageRegistry("", null));
    }

    private static ServiceFiles files(String hash) {
        return new ServiceFiles(List.of(), List.of(), Path.of("jvm.options"), "openapi: 3.1.0", Map.of(), hash);
    }

    private Path writes(Path work) throws IOException {
        trainings.incrementAndGet();
        Files.createDirectories(work.resolve("libs"));
        Files.writeString(work.resolve("libs/a.jar"), "jar");
        return Files.writeString(work.resolve("service.aot"), "cache");
    }

    private Path afterwards(CountDownLatch gate, Path work) throws IOException, InterruptedException {
        gate.await();
        return writes(work);
    }

    private Path fails(boolean checked) throws IOException {
        trainings.incrementAndGet();
        if (checked) {
            throw new IOException("a process ended with exit code 1");
        }
        throw new IllegalStateException("a defect");
    }
}
