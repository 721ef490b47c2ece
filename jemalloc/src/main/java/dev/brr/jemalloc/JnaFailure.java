package dev.brr.jemalloc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains why JNA could not load its native part, from what its initialisation threw. */
final class JnaFailure {

    private JnaFailure() {}

    /** Returns what was found and what to do. */
    static String explanation(Throwable thrown) {
        List<Throwable> chain = Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(20)
                .toList();
        // Of a class whose initialisation failed before, the JVM keeps the text of the first failure alone.
        if (chain.stream().anyMatch(each -> each.toString().contains("IllegalCallerException"))) {
            return "This JVM forbids native access (--illegal-native-access=deny). Allow it:"
                    + " --enable-native-access=ALL-UNNAMED, or the name of JNA's module, com.sun.jna.";
        }
        if (chain.stream().anyMatch(JnaFailure::isMissingClass)) {
            return "JNA is not on the class path: add net.java.dev.jna:jna.";
        }
        String found = chain.stream()
                .flatMap(each -> firstLine(each).stream())
                .reduce((_, inner) -> inner)
                .orElseGet(thrown::toString);
        return chain.stream().anyMatch(each -> each.toString().contains("incompatible JNA"))
                ? "%s. Remove the other one from jna.boot.library.path and java.library.path, or set -Djna.nosys=true."
                        .formatted(found)
                : "JNA could not load its native part (%s). It needs a writable folder to unpack it: set -Djna.tmpdir."
                        .formatted(found);
    }

    /** The message of a class that is not there is its name; one that failed before has a sentence. */
    private static boolean isMissingClass(Throwable each) {
        String message = String.valueOf(each.getMessage());
        return (each instanceof NoClassDefFoundError || each instanceof ClassNotFoundException)
                && message.replace('/', '.').startsWith("com.sun.jna.");
    }

    private static Optional<String> firstLine(Throwable each) {
        return Optional.ofNullable(each.getMessage())
                .flatMap(message -> message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst());
    }
}
