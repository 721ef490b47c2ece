package dev.brr.operator.build;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides what becomes of the allocator settings that a base image brings along: a service's pods set {@code LD_PRELOAD}
 * and {@code MALLOC_CONF} themselves, and would take the place of the base's without a word.
 */
public sealed interface BasePreload {

    /** There is nothing to keep. */
    record None() implements BasePreload {}

    /**
     * The base preloads libraries that are no allocators; they go on being preloaded, behind jemalloc.
     *
     * @param libraries as the base names them, in its order; never empty
     */
    record Kept(List<String> libraries) implements BasePreload {
        public Kept {
            libraries = List.copyOf(libraries);
        }

        /** Returns the text of {@code /etc/ld.so.preload}, ld.so(8): the loader comes to it behind LD_PRELOAD. */
        public String fileText() {
            return String.join("\n", libraries) + "\n";
        }
    }

    /** The base cannot be used; {@code message} says why and what to do. */
    record Refused(String message) implements BasePreload {}

    /** Matches the file names of libraries that bring a {@code malloc} of their own. */
    Pattern ALLOCATOR = Pattern.compile(
            "^lib(jemalloc|tcmalloc|mimalloc|snmalloc|rpmalloc|hoard|scudo|hardened_malloc|nedmalloc|ltalloc|umem|tbbmalloc"
                    + "|dmalloc|duma|efence|c_malloc_debug)[-_.a-z0-9]*\\.so");

    /**
     * Decides.
     *
     * @param base the base as its user named it, for the message
     * @param environment the base's, as {@code NAME=value}
     */
    static BasePreload decide(String base, List<String> environment) {
        var conf = value(environment, "MALLOC_CONF").filter(text -> !text.isBlank());
        if (conf.isPresent()) {
            return new Refused("the base image %s sets MALLOC_CONF=%s, which the pods' own would take the place of;"
                            .formatted(base, conf.get())
                    + " name the options that you need in spec.malloc.options, and use a base without it"
                    + " (a Dockerfile of two lines will do: FROM, and ENV MALLOC_CONF=)");
        }
        var libraries = value(environment, "LD_PRELOAD").stream()
                .flatMap(text -> Arrays.stream(text.split("[ :]+")))
                .filter(library -> !library.isEmpty() && !library.equals(JibImageBuilder.JEMALLOC))
                .distinct()
                .toList();
        var allocator = libraries.stream().filter(BasePreload::isAllocator).findFirst();
        if (allocator.isPresent()) {
            return new Refused("the base image %s preloads %s, an allocator of its own, and a process has only one;"
                            .formatted(base, allocator.get())
                    + " use a base whose LD_PRELOAD does not name it (FROM, and ENV LD_PRELOAD=)");
        }
        return libraries.isEmpty() ? new None() : new Kept(libraries);
    }

    private static boolean isAllocator(String library) {
        return ALLOCATOR
                .matcher(library.substring(library.lastIndexOf('/') + 1))
                .find();
    }

    private static Optional<String> value(List<String> environment, String name) {
        return environment.stream()
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .reduce((first, last) -> last);
    }
}
