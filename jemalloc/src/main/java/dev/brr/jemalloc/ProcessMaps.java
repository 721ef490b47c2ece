package dev.brr.jemalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows which file is mapped where, from {@code /proc/self/maps}, proc_pid_maps(5).
 *
 * @param mappings those with a file behind them, in the order of the text
 */
record ProcessMaps(List<Mapping> mappings) {

    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) \\S+ \\S+ \\S+ \\S+ +(/.*?)( \\(deleted\\))?");

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
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                mappings.add(new Mapping(
                        Long.parseUnsignedLong(matcher.group(1), 16),
                        Long.parseUnsignedLong(matcher.group(2), 16),
                        matcher.group(3)));
            }
        });
        return new ProcessMaps(mappings);
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
