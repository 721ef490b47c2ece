package dev.brr.jemalloc.profile;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the functions of an ELF file by their place in it, elf(5); 64-bit, little-endian. */
final class ElfSymbols {

    private static final int MAGIC = 0x464C457F;
    private static final int SYMBOL_TABLE = 2;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int LOADED = 1;
    private static final int FUNCTION = 2;
    private static final int INDIRECT_FUNCTION = 10;
    private static final int SYMBOL_BYTES = 24;
    /** Some programs' symbols are gigabytes; a frame without a name is better than a process without memory. */
    private static final long MOST_SYMBOLS = 1_000_000;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final ElfSymbols NONE = new ElfSymbols(new TreeMap<>());

    /** By file offset. */
    private final TreeMap<Long, Function> functions;

    private ElfSymbols(TreeMap<Long, Function> functions) {
        this.functions = functions;
    }

    private record Function(String name, long bytes) {}

    /** Returns the function that a byte of the file belongs to. */
    Optional<String> at(long fileOffset) {
        Map.Entry<Long, Function> below = functions.floorEntry(fileOffset);
        return below == null
                        || (below.getValue().bytes() > 0
                                && fileOffset
                                        >= below.getKey() + below.getValue().bytes())
                ? Optional.empty()
                : Optional.of(below.getValue().name());
    }

    int size() {
        return functions.size();
    }

    /** Reads a file; what is no ELF file, or a damaged one, has no symbols. */
    static ElfSymbols read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException _) {
            return NONE;
        }
    }

    static ElfSymbols read(MemorySegment elf) {
        if (elf.byteSize() < 64 || elf.get(INT, 0) != MAGIC || elf.get(ValueLayout.JAVA_BYTE, 4) != 2) {
            return NONE;
        }
        TreeMap<Long, Function> functions = new TreeMap<>();
        long sections = elf.get(LONG, 40);
        int sectionBytes = elf.get(SHORT, 58);
        int sectionCount = Short.toUnsignedInt(elf.get(SHORT, 60));
        for (int i = 0; i < sectionCount; i++) {
            long section = sections + (long) i * sectionBytes;
            int type = elf.get(INT, section + 4);
            if (type == SYMBOL_TABLE || type == DYNAMIC_SYMBOLS) {
                long names = elf.get(LONG, sections + (long) elf.get(INT, section + 40) * sectionBytes + 24);
                readTable(elf, elf.get(LONG, section + 24), elf.get(LONG, section + 32), names, functions);
            }
        }
        return new ElfSymbols(functions);
    }

    private static void readTable(
            MemorySegment elf, long table, long bytes, long names, TreeMap<Long, Function> functions) {
        long count = Math.min(bytes / SYMBOL_BYTES, MOST_SYMBOLS);
        for (long i = 0; i < count; i++) {
            long symbol = table + i * SYMBOL_BYTES;
            int type = elf.get(ValueLayout.JAVA_BYTE, symbol + 4) & 0xF;
            long address = elf.get(LONG, symbol + 8);
            if ((type == FUNCTION || type == INDIRECT_FUNCTION) && address != 0) {
                String name = elf.getString(names + Integer.toUnsignedLong(elf.get(INT, symbol)));
                long size = elf.get(LONG, symbol + 16);
                offset(elf, address).ifPresent(at -> functions.putIfAbsent(at, new Function(name, size)));
            }
        }
    }

    /** Symbols have addresses, mappings have file offsets; the program headers lead from one to the other. */
    private static Optional<Long> offset(MemorySegment elf, long address) {
        long headers = elf.get(LONG, 32);
        int headerBytes = elf.get(SHORT, 54);
        int headerCount = Short.toUnsignedInt(elf.get(SHORT, 56));
        for (int i = 0; i < headerCount; i++) {
            long header = headers + (long) i * headerBytes;
            long begin = elf.get(LONG, header + 16);
            if (elf.get(INT, header) == LOADED && address >= begin && address < begin + elf.get(LONG, header + 32)) {
                return Optional.of(address - begin + elf.get(LONG, header + 8));
            }
        }
        return Optional.empty();
    }
}
