package dev.brr.jemalloc;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.brr.jemalloc.process.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has JNA take its native part from a {@link PrivateFolder}, which costs a start less than the file that JNA would unpack it
 * to. Where that is not possible, or somebody has told JNA where to look, JNA does as it always does.
 */
final class JnaLibrary {
    private static final String FILE = "libjnidispatch.so";

    /** What tells JNA where its native part is. */
    private static final String LOOKED_FOR_IN = "jna.boot.library.path";

    private JnaLibrary() {}

    /** Loads JNA with its native part; fails as JNA does where that cannot be loaded. */
    static void load() {
        Optional<String> resource = resource(System.getProperty("os.arch", ""));
        boolean isToldWhere = Stream.of(LOOKED_FOR_IN, "jna.tmpdir", "jna.nounpack", "jna.noclasspath", "jna.nosys")
                .anyMatch(name -> System.getProperty(name) != null);
        if (resource.isEmpty() || isToldWhere || !loadFromFolder(resource.get())) {
            touch();
        }
    }

    private static boolean loadFromFolder(String resource) {
        try (InputStream library = Platform.class.getResourceAsStream(resource)) {
            return library != null && loadFromFolder(library);
        } catch (IOException _) {
            // JNA says what is wrong with the folder for temporary files.
            return false;
        }
    }

    private static boolean loadFromFolder(InputStream library) throws IOException {
        try (PrivateFolder folder = PrivateFolder.make()) {
            Files.copy(library, folder.path().resolve(FILE));
            System.setProperty(LOOKED_FOR_IN, folder.path().toString());
            touch();
            return true;
        } finally {
            System.clearProperty(LOOKED_FOR_IN);
        }
    }

    private static void touch() {
        if (Native.POINTER_SIZE == 0) {
            throw new IllegalStateException("JNA knows no size of a pointer");
        }
    }

    /** Where JNA has it on Linux, for a name of the architecture as Java has it. */
    static Optional<String> resource(String architecture) {
        @Nullable
        String folder = switch (architecture) {
            case "amd64", "x86_64" -> "linux-x86-64";
            case "aarch64" -> "linux-aarch64";
            default -> null;
        };
        return Optional.ofNullable(folder).map(name -> "/com/sun/jna/" + name + "/" + FILE);
    }
}
