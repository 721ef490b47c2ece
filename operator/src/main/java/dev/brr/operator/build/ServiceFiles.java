package dev.brr.operator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the packaged runtime as files, with the hash of their content.
 *
 * @param libraries the runtime's jars
 * @param handlers the pet store's jars
 * @param jvmOptions the argument file of the service's JVM
 * @param petStoreDocument the bundled document's text
 * @param jemalloc the library by architecture: {@code amd64}, {@code arm64}
 * @param hash what all of it hashes to
 */
public record ServiceFiles(
        List<Path> libraries,
        List<Path> handlers,
        Path jvmOptions,
        String petStoreDocument,
        Map<String, Path> jemalloc,
        String hash) {

    /** Copies the lists. */
    public ServiceFiles {
        libraries = List.copyOf(libraries);
        handlers = List.copyOf(handlers);
        jemalloc = Map.copyOf(jemalloc);
    }

    /**
     * Reads a packaged runtime.
     *
     * @throws IOException naming the file or folder that is missing
     */
    public static ServiceFiles read(Path service, Path nativeDirectory) throws IOException {
        var libraries = jars(service.resolve("libs"));
        var handlers = jars(service.resolve("petstore"));
        var options = service.resolve("jvm.options");
        var natives = sorted(nativeDirectory, "**/linux-*/libjemalloc.so.2");
        if (natives.isEmpty()) {
            throw new IOException("no linux-*/libjemalloc.so.2 below " + nativeDirectory);
        }
        var hash = new Hash();
        hash.add(ClassPath.of(libraries).argumentFile().getBytes(StandardCharsets.UTF_8));
        for (var file : Stream.of(libraries, handlers, List.of(options), natives)
                .flatMap(List::stream)
                .toList()) {
            hash.add(file.getFileName().toString().getBytes(StandardCharsets.UTF_8))
                    .add(Files.readAllBytes(file));
        }
        return new ServiceFiles(
                libraries,
                handlers,
                options,
                Files.readString(service.resolve("openapi.yaml")),
                natives.stream().collect(Collectors.toMap(ServiceFiles::architecture, file -> file)),
                hash.hex().substring(0, 32));
    }

    /**
     * Says why no image can be built for these architectures, with what to change.
     *
     * <p>A layer cannot differ by platform within one Jib build, and jemalloc does: one architecture an image.
     */
    public Optional<String> refusal(List<String> architectures) {
        var missing = architectures.stream()
                .filter(architecture -> !jemalloc.containsKey(architecture))
                .map(architecture -> "linux/" + architecture)
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("this operator carries no jemalloc for %s; take it out of spec.image.platforms"
                    .formatted(String.join(", ", missing)));
        }
        return architectures.size() > 1
                ? Optional.of("an image is built for one platform; leave one in spec.image.platforms")
                : Optional.empty();
    }

    private static String architecture(Path file) {
        return file.getName(file.getNameCount() - 2).toString().substring("linux-".length());
    }

    private static List<Path> jars(Path directory) throws IOException {
        var jars = sorted(directory, "**/*.jar");
        if (jars.isEmpty()) {
            throw new IOException("no jar in " + directory + "; is the runtime packaged?");
        }
        return jars;
    }

    private static List<Path> sorted(Path directory, String glob) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no folder " + directory + "; is the runtime packaged?");
        }
        var matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        }
    }
}
