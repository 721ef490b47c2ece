package dev.brr.jemalloc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.Objects;

/**
 * Holds the numbers that jemalloc knows a control by, its "Management Information Base" name: three times as fast to
 * use as the name, and valid as long as the process lives. Immutable.
 */
public final class Mib {

    /** {@code CTL_MAX_DEPTH} of 5.3.0 is 7; a name of more parts than this is refused before jemalloc sees it. */
    private static final int MAX_DEPTH = 8;

    private final String name;
    private final Memory numbers;
    private final long length;

    private Mib(String name, Memory numbers, long length) {
        this.name = name;
        this.numbers = numbers;
        this.length = length;
    }

    static Mib resolve(String name) {
        if (Objects.requireNonNull(name, "the name of a control").indexOf(0) >= 0) {
            throw MallctlException.refused(name, "look up", "no control's name has a NUL in it");
        }
        Memory numbers = new Memory((long) MAX_DEPTH * Native.SIZE_T_SIZE);
        try (Memory length = new Memory(Native.SIZE_T_SIZE)) {
            length.setLong(0, MAX_DEPTH);
            int errno = JemallocFunctions.mallctlnametomib(name, numbers, length);
            if (errno != 0) {
                throw new MallctlException(name, "look up", errno);
            }
            return new Mib(name, numbers, length.getLong(0));
        }
    }

    /** Returns the control's name. */
    public String name() {
        return name;
    }

    Memory numbers() {
        return numbers;
    }

    long length() {
        return length;
    }

    @Override
    public String toString() {
        return name;
    }
}
