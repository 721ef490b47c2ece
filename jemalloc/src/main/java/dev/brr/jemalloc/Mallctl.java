package dev.brr.jemalloc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.brr.jemalloc.conf.ControlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads, writes and performs jemalloc's controls with the size of their C type, jemalloc(3), MALLCTL NAMESPACE.
 *
 * <p>A control of another size than asked for is {@code EINVAL}, and never half a value; so is a text that is no text, and
 * a number that jemalloc would cut or that would end the process ({@link ControlValues}). Every method throws
 * {@link MallctlException} where jemalloc answers with an error. {@code stats.*} change only when the epoch advances.
 * Safe for use by many threads.
 */
public final class Mallctl {

    private static final int ENOENT = 2;
    private static final long FIXED_POINT_ONE = 1 << 16;
    private static final long FIXED_POINT_NO_LIMIT = 0xFFFF_FFFFL;

    Mallctl() {}

    /** Looks a control up, to be read often. */
    public Mib mib(String name) {
        return Mib.resolve(name);
    }

    /** Reads a {@code bool}. */
    public boolean readBoolean(String name) {
        return read(mib(name), ControlType.BOOL) != 0;
    }

    /** Reads an {@code unsigned}. */
    public long readUnsigned(String name) {
        return read(mib(name), ControlType.UNSIGNED);
    }

    /** Reads a {@code size_t} or {@code uint64_t}; one above {@link Long#MAX_VALUE} comes out negative. */
    public long readSize(String name) {
        return read(mib(name), ControlType.SIZE);
    }

    /** Reads a {@code ssize_t} or {@code int64_t}. */
    public long readSigned(String name) {
        return read(mib(name), ControlType.SSIZE);
    }

    /** Reads a {@code const char *}; a null pointer is the empty text. */
    public String readString(String name) {
        refuse(name, "read a text from", ControlValues.textRefused(name));
        long address = read(mib(name), ControlType.STRING);
        return address == 0 ? "" : new Pointer(address).getString(0, StandardCharsets.US_ASCII.name());
    }

    /** Reads a number or a boolean (1 or 0) of any size. */
    public long read(Mib mib, ControlType type) {
        try (Memory value = new Memory(Long.BYTES);
                Memory length = new Memory(Native.SIZE_T_SIZE)) {
            return read(mib, type, value, length);
        }
    }

    /** Reads into memory of the caller's, so that a read of many controls allocates once. */
    long read(Mib mib, ControlType type, Memory value, Memory length) {
        length.setLong(0, type.bytes());
        int errno = JemallocFunctions.mallctlbymib(mib.numbers(), mib.length(), value, length, null, 0);
        if (errno != 0) {
            throw new MallctlException(mib.name(), "read %d bytes of".formatted(type.bytes()), errno);
        }
        return switch (type.bytes()) {
            case 1 -> value.getByte(0);
            case 4 -> Integer.toUnsignedLong(value.getInt(0));
            default -> value.getLong(0);
        };
    }

    /**
     * Reads a value of any type in the words of {@code MALLOC_CONF}.
     *
     * @return empty if this build has no such control; some builds know the name all the same
     */
    public Optional<String> readText(String name, ControlType type) {
        try {
            return Optional.of(
                    switch (type) {
                        case BOOL -> Boolean.toString(readBoolean(name));
                        case STRING -> readString(name);
                        case SIZE, UINT64 -> Long.toUnsignedString(readSize(name));
                        case UNSIGNED, SSIZE, INT64 -> Long.toString(read(mib(name), type));
                        case FIXED_POINT -> fixedPoint(read(mib(name), type));
                    });
        } catch (MallctlException e) {
            if (e.errno() == ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes a {@code bool}. */
    public void writeBoolean(String name, boolean value) {
        write(name, ControlType.BOOL, value ? 1 : 0);
    }

    /** Writes an {@code unsigned}. */
    public void writeUnsigned(String name, long value) {
        write(name, ControlType.UNSIGNED, value);
    }

    /** Writes a {@code size_t} or {@code uint64_t}. */
    public void writeSize(String name, long value) {
        write(name, ControlType.SIZE, value);
    }

    /** Writes a {@code ssize_t} or {@code int64_t}, e.g. {@code arenas.dirty_decay_ms}. */
    public void writeSigned(String name, long value) {
        write(name, ControlType.SSIZE, value);
    }

    /** Writes a {@code const char *}, e.g. the file of {@code prof.dump}. */
    public void writeString(String name, String value) {
        refuse(name, "write a text to", ControlValues.textRefused(name));
        if (value.indexOf(0) >= 0) {
            throw MallctlException.refused(name, "write a text to", "its end is where its first NUL is");
        }
        byte[] bytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
        try (Memory text = new Memory(bytes.length);
                Memory pointer = new Memory(Native.POINTER_SIZE)) {
            text.write(0, bytes, 0, bytes.length);
            pointer.setPointer(0, text);
            Mib mib = mib(name);
            int errno = JemallocFunctions.mallctlbymib(
                    mib.numbers(), mib.length(), null, null, pointer, Native.POINTER_SIZE);
            if (errno != 0) {
                throw new MallctlException(name, "write %s to".formatted(value), errno);
            }
        }
    }

    /** Performs a control that takes and gives no value, e.g. {@code arena.0.purge}. */
    public void call(String name) {
        Mib mib = mib(name);
        int errno = JemallocFunctions.mallctlbymib(mib.numbers(), mib.length(), null, null, null, 0);
        if (errno != 0) {
            throw new MallctlException(name, "perform", errno);
        }
    }

    /** Refreshes what {@code stats.*} say, and returns the epoch's new number. */
    public long advanceEpoch() {
        writeSize("epoch", 1);
        return readSize("epoch");
    }

    private void write(String name, ControlType type, long value) {
        try (Memory fresh = new Memory(Long.BYTES)) {
            write(mib(name), type, value, fresh);
        }
    }

    void write(Mib mib, ControlType type, long value, Memory fresh) {
        Optional<String> why = ControlValues.numberRefused(mib.name(), type, value);
        if (why.isPresent()) {
            throw MallctlException.refused(mib.name(), "write %d to".formatted(value), why.get());
        }
        switch (type.bytes()) {
            case 1 -> fresh.setByte(0, (byte) value);
            case 4 -> fresh.setInt(0, (int) value);
            default -> fresh.setLong(0, value);
        }
        int errno = JemallocFunctions.mallctlbymib(mib.numbers(), mib.length(), null, null, fresh, type.bytes());
        if (errno != 0) {
            throw new MallctlException(mib.name(), "write %d to".formatted(value), errno);
        }
    }

    private static void refuse(String name, String verb, Optional<String> why) {
        if (why.isPresent()) {
            throw MallctlException.refused(name, verb, why.get());
        }
    }

    private static String fixedPoint(long raw) {
        return raw == FIXED_POINT_NO_LIMIT
                ? "-1"
                : BigDecimal.valueOf(raw)
                        .divide(BigDecimal.valueOf(FIXED_POINT_ONE))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
