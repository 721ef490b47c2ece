package dev.brr.jemalloc.profile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names native frames from the mappings of a dump and the symbols of the files that are mapped. */
final class NativeNames {

    private static final Pattern MAPPING =
            Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16}) ..x. ([0-9a-f]{1,16}) \\S+ \\S+ *(/.*|)");
    private static final String DELETED = " (deleted)";

    private final TreeMap<Long, Mapping> mappings = new TreeMap<>(Long::compareUnsigned);
    private final Map<String, ElfSymbols> symbols = new HashMap<>();

    private record Mapping(long end, long offset, String file) {}

    /** @param lines as in proc_pid_maps(5); those that are not executable do not matter */
    NativeNames(List<String> lines) {
        for (String line : lines) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                mappings.put(
                        Long.parseUnsignedLong(mapping.group(1), 16),
                        new Mapping(
                                Long.parseUnsignedLong(mapping.group(2), 16),
                                Long.parseUnsignedLong(mapping.group(3), 16),
                                mapping.group(4)));
            }
        }
    }

    /** Names the function that a return address leads back into. */
    StackFrame name(long returnAddress) {
        // A call may be the last instruction of its function; the address after it belongs to the next one.
        long address = returnAddress - 1;
        Map.Entry<Long, Mapping> below = mappings.floorEntry(address);
        if (below == null || Long.compareUnsigned(address, below.getValue().end()) >= 0) {
            return new StackFrame("[unknown]", "", 0, StackFrame.Kind.NATIVE);
        }
        Mapping mapping = below.getValue();
        if (mapping.file().isEmpty()) {
            return new StackFrame("[compiled code]", "", 0, StackFrame.Kind.NATIVE);
        }
        String path = mapping.file().endsWith(DELETED)
                ? mapping.file().substring(0, mapping.file().length() - DELETED.length())
                : mapping.file();
        String library = path.substring(path.lastIndexOf('/') + 1);
        return symbols.computeIfAbsent(mapping.file(), NativeNames::read)
                .at(address - below.getKey() + mapping.offset())
                .map(function -> new StackFrame(CppName.readable(function), library, 0, StackFrame.Kind.NATIVE))
                .orElseGet(() -> new StackFrame("[" + library + "]", library, 0, StackFrame.Kind.NATIVE));
    }

    private static ElfSymbols read(String file) {
        return file.endsWith(DELETED) ? ElfSymbols.NONE : ElfSymbols.read(Path.of(file));
    }
}
