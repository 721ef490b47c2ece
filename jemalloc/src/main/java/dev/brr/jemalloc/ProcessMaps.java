package dev.brr.jemalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows which file is mapped where, from {@code /proc/self/maps}, proc_pid_maps(5).
 *
 * @param mappings those with a file behind them, in the order of the text
 */
record ProcessMaps(List<Mapping> mappings) {

    private static final String DELETED = " (deleted)";

    /** A range of addresses, {@code end} excluded, as unsigned numbers. */
    record Mapping(long start, long end, String file) {
        boolean contains(long address) {
            return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
        }

        String fileName() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }

    ProcessMaps {
        mappings = List.copyOf(mappings);
    }

    static ProcessMaps parse(String text) {
        List<Mapping> mappings = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int newline = text.indexOf('\n', begin);
            int end = newline < 0 ? text.length() : newline;
            int path = text.indexOf('/', begin);
            if (path >= 0 && path < end) {
                mappings.add(mapping(text, begin, path, end));
            }
            begin = end + 1;
        }
        return new ProcessMaps(mappings);
    }

    /** None of the fields before the path has a slash. */
    private static Mapping mapping(String text, int begin, int path, int end) {
        int dash = text.indexOf('-', begin);
        int space = text.indexOf(' ', dash);
        String file = text.substring(path, end);
        return new Mapping(
                Long.parseUnsignedLong(text, begin, dash, 16),
                Long.parseUnsignedLong(text, dash + 1, space, 16),
                file.endsWith(DELETED) ? file.substring(0, file.length() - DELETED.length()) : file);
    }

    /** Returns the file that an address belongs to. */
    Optional<String> fileAt(long address) {
        return mappings.stream()
                .filter(mapping -> mapping.contains(address))
                .map(Mapping::file)
                .findFirst();
    }

    /** Returns the first mapped file whose name, without folders, matches. */
    Optional<String> file(Pattern name) {
        return mappings.stream()
                .filter(mapping -> name.matcher(mapping.fileName()).find())
                .map(Mapping::file)
                .findFirst();
    }
}
