package dev.brr.operator.bench;

import dev.brr.operator.build.BuildRequest;
import dev.brr.operator.build.ImageRegistry;
import dev.brr.operator.build.JibImageBuilder;
import dev.brr.operator.build.ServiceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Times builds of service images against a real registry, in rounds: cold, unchanged, one layer changed. Prints a line
 * {@code KEY MILLISECONDS} for each build.
 *
 * <p>Cold: an empty cache and a repository that the registry does not know. Unchanged: the same request again, which the
 * registry answers. One layer: the same cache and repository, another document. A round before the first is printed apart:
 * it is what the first build of a new process costs, classes being loaded.
 */
public final class BuildTimes {

    private static final String TITLE = "(?m)^( +title:).*$";

    private final JibBuilds builds;
    private final String repository;
    private final String document;

    private BuildTimes(JibBuilds builds, String repository, String document) {
        this.builds = builds;
        this.repository = repository;
        this.document = document;
    }

    /** Builds with a cache that is thrown away. */
    private record JibBuilds(ServiceFiles files, ImageRegistry registry, String base, String architecture, Path cache) {

        /** Returns how long a build took that has to adopt, or has to build. */
        Duration time(String repository, String document, boolean adopts) throws IOException, InterruptedException {
            var request =
                    new BuildRequest(base, repository, document, false, List.of(architecture), files.hash(), null);
            try (var builder = new JibImageBuilder(files, registry, cache, Optional.empty())) {
                var begun = System.nanoTime();
                var outcome = builder.build(request, "");
                var took = Duration.ofNanos(System.nanoTime() - begun);
                if (outcome.adopted() != adopts) {
                    throw new IllegalStateException("%s:%s was %s, which is not what is measured here"
                            .formatted(repository, outcome.revision(), outcome.adopted() ? "adopted" : "built"));
                }
                return took;
            }
        }

        void empty() throws IOException {
            if (!Files.exists(cache)) {
                return;
            }
            try (var paths = Files.walk(cache)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    /**
     * Runs the rounds.
     *
     * @param arguments packaged runtime, folder of the allocators, base image, processor architecture, repository (each
     *     round appends its number), host that may be spoken to without TLS or an empty text, cache folder, rounds
     */
    @SuppressWarnings("SystemOut") // what it prints is its result
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var files = ServiceFiles.read(Path.of(arguments[0]), Path.of(arguments[1]));
        var registry = new ImageRegistry(arguments[5], null);
        var builds = new JibBuilds(files, registry, arguments[2], arguments[3], Path.of(arguments[6]));
        var times = new BuildTimes(builds, arguments[4], files.petStoreDocument());
        try {
            var first = times.round(0);
            System.out.println("build_cold_new_process_ms " + first.cold().toMillis());
            for (var number = 1; number <= Integer.parseInt(arguments[7]); number++) {
                var round = times.round(number);
                System.out.println("build_cold_ms " + round.cold().toMillis());
                System.out.println("build_unchanged_ms " + round.unchanged().toMillis());
                System.out.println("build_one_layer_ms " + round.oneLayer().toMillis());
            }
        } finally {
            builds.empty();
        }
    }

    private record Round(Duration cold, Duration unchanged, Duration oneLayer) {}

    private Round round(int number) throws IOException, InterruptedException {
        builds.empty();
        var own = repository + "-" + number;
        var before = titled("Before " + number);
        return new Round(
                builds.time(own, before, false),
                builds.time(own, before, true),
                builds.time(own, titled("After " + number), false));
    }

    private String titled(String title) {
        var changed = document.replaceFirst(TITLE, "$1 " + title);
        if (changed.equals(document)) {
            throw new IllegalStateException("the document has no title to change");
        }
        return changed;
    }
}
