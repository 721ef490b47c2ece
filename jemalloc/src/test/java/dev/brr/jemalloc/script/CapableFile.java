package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a file that has the capability to bind low ports into an archive, as images have it, without root. */
final class CapableFile {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    private CapableFile() {}

    /** Returns an archive without its end, so that another one can follow. */
    static byte[] archive(String name, byte[] content) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        entry(archive, "PaxHeaders/java", 'x', record("SCHILY.xattr.security.capability", capability()));
        entry(archive, name, '0', content);
        return archive.toByteArray();
    }

    /** {@code vfs_cap_data} of revision 2, effective: {@code cap_net_bind_service}, number 10. */
    private static byte[] capability() {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0200_0001)
                .putInt(1 << 10)
                .array();
    }

    /** The length that a record begins with counts itself. */
    private static byte[] record(String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest + 2).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes((length + " " + key + "=").getBytes(US_ASCII));
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    private static void entry(ByteArrayOutputStream archive, String name, char type, byte[] content) {
        byte[] head = new byte[BLOCK];
        put(head, 0, name);
        put(head, 100, "0000755");
        put(head, 108, "0000000");
        put(head, 116, "0000000");
        put(head, 124, "%011o".formatted(content.length));
        put(head, 136, "00000000001");
        put(head, CHECKSUM, "        ");
        head[156] = (byte) type;
        put(head, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : head) {
            sum += Byte.toUnsignedInt(each);
        }
        put(head, CHECKSUM, "%06o\0".formatted(sum));
        archive.writeBytes(head);
        archive.writeBytes(content);
        archive.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] head, int at, String text) {
        System.arraycopy(text.getBytes(US_ASCII), 0, head, at, text.length());
    }
}
