package dev.brr.operator.build;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders the class path of a service: the runtime's jars by name, then whatever lies in the folder of the handlers.
 *
 * <p>An AOT cache holds for one order of the jars that it was made from, and for those that are appended to them. A
 * wildcard for the runtime's jars would have the order of a directory, which nobody promises.
 *
 * @param entries as the JVM is given them
 */
record ClassPath(List<String> entries) {

    private static final String LIBRARIES = "libs";
    private static final String HANDLERS = "handlers";
    private static final String IMAGE_ROOT = "/app";

    ClassPath {
        entries = List.copyOf(entries);
    }

    /** Returns the class path of an image with these jars of the runtime. */
    static ClassPath of(List<Path> libraries) {
        return below(IMAGE_ROOT, libraries);
    }

    /** Returns the same class path with all its entries below another folder. */
    static ClassPath below(String root, List<Path> libraries) {
        var names = libraries.stream().map(jar -> jar.getFileName().toString()).sorted();
        return new ClassPath(Stream.concat(
                        names.map(name -> root + "/" + LIBRARIES + "/" + name), Stream.of(root + "/" + HANDLERS + "/*"))
                .toList());
    }

    /** Returns where a jar of the runtime lies in an image. */
    static String libraryInImage(Path jar) {
        return IMAGE_ROOT + "/" + LIBRARIES + "/" + jar.getFileName();
    }

    /** Returns where a jar with handlers lies in an image. */
    static String handlerInImage(Path jar) {
        return IMAGE_ROOT + "/" + HANDLERS + "/" + jar.getFileName();
    }

    /**
     * Returns the text of an argument file for the {@code java} launcher, see its manual, "java Command-Line Argument
     * Files": quoted, so that a blank in a name ends nothing.
     */
    String argumentFile() {
        return entries.stream()
                .map(entry -> entry.replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining(":", "-cp \"", "\"\n"));
    }
}
