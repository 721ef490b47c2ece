package dev.brr.jemalloc.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes small ELF files: one loaded segment, one table of symbols. */
final class ElfFile {

    static final int FUNCTION = 2;
    static final int OBJECT = 1;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;

    private final long address;
    private final long offset;
    private final List<Symbol> symbols = new ArrayList<>();
    private int tableType = 2;

    private record Symbol(String name, int type, long address, long bytes) {}

    /** A segment of 0x10000 bytes at an offset of the file is loaded at an address. */
    ElfFile(long address, long offset) {
        this.address = address;
        this.offset = offset;
    }

    ElfFile with(String name, int type, long at, long bytes) {
        symbols.add(new Symbol(name, type, at, bytes));
        return this;
    }

    /** Writes {@code .dynsym} instead of {@code .symtab}. */
    ElfFile dynamic() {
        tableType = 11;
        return this;
    }

    byte[] bytes() {
        int names = HEADER + PROGRAM_HEADER + symbols.size() * SYMBOL;
        ByteBuffer strings = ByteBuffer.allocate(4096).put((byte) 0);
        ByteBuffer file = ByteBuffer.allocate(16_384).order(ByteOrder.LITTLE_ENDIAN);
        int sections = names + 4096;
        header(file, sections);
        file.position(HEADER);
        file.putInt(1)
                .putInt(5)
                .putLong(offset)
                .putLong(address)
                .putLong(address)
                .putLong(0x10000)
                .putLong(0x10000);
        file.position(HEADER + PROGRAM_HEADER);
        for (Symbol symbol : symbols) {
            file.putInt(strings.position());
            strings.put(symbol.name().getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            file.put((byte) symbol.type()).put((byte) 0).putShort((short) 1);
            file.putLong(symbol.address()).putLong(symbol.bytes());
        }
        file.position(names);
        file.put(strings.array());
        section(file, sections, 0, 0, 0, 0);
        section(file, sections + SECTION_HEADER, tableType, HEADER + PROGRAM_HEADER, symbols.size() * SYMBOL, 2);
        section(file, sections + 2 * SECTION_HEADER, 3, names, 4096, 0);
        return file.array();
    }

    private static void header(ByteBuffer file, int sections) {
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1});
        file.putLong(32, HEADER).putLong(40, sections);
        file.putShort(54, (short) PROGRAM_HEADER).putShort(56, (short) 1);
        file.putShort(58, (short) SECTION_HEADER).putShort(60, (short) 3);
    }

    private static void section(ByteBuffer file, int at, int type, int offset, int bytes, int link) {
        file.putInt(at + 4, type)
                .putLong(at + 24, offset)
                .putLong(at + 32, bytes)
                .putInt(at + 40, link);
    }
}
