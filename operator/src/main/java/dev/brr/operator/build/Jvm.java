package dev.brr.operator.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Identifies a JVM by what an AOT cache has to fit: HotSpot holds a cache's build and the size of the modules against its
 * own, and trusts them for the rest.
 *
 * @param architecture as images name it, e.g. {@code amd64}
 * @param library the SHA-256 of {@code lib/server/libjvm.so}, hex
 * @param modules the SHA-256 of {@code lib/modules}, hex
 */
record Jvm(String architecture, String library, String modules) {

    /** Where the two files lie below a JVM's home. */
    static final String LIBRARY = "lib/server/libjvm.so";

    static final String MODULES = "lib/modules";

    /**
     * Reads the JVM of a home.
     *
     * @param osArch what the JVM itself calls the architecture, its property {@code os.arch}
     * @throws IOException where it has no such files
     */
    static Jvm of(Path home, String osArch) throws IOException {
        return new Jvm(architecture(osArch), sum(home.resolve(LIBRARY)), sum(home.resolve(MODULES)));
    }

    /** Returns how images name an architecture. */
    static String architecture(String osArch) {
        return switch (osArch) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> osArch;
        };
    }

    private static String sum(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return JvmFiles.sum(in);
        }
    }
}
