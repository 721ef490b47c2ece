package dev.brr.jemalloc.conf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Makes the short fingerprint by which a metric shows whether a process was started with the options it should have. It
 * guards against mistakes and nobody else: a checksum tells options apart without the providers of the JDK's security, which
 * would be loaded at each start for it alone.
 */
public final class ConfHash {

    private ConfHash() {}

    /** Returns the CRC-32 of a {@code MALLOC_CONF} as it was given, in 8 hexadecimal digits. */
    public static String of(String mallocConf) {
        CRC32 checksum = new CRC32();
        checksum.update(mallocConf.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(checksum.getValue(), 8);
    }
}
