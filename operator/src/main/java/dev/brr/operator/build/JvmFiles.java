package dev.brr.operator.build;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Holds the files of an image by which its JVM is known.
 *
 * @param sums SHA-256 in hex by absolute path, of each {@code lib/server/libjvm.so} and {@code lib/modules}
 */
record JvmFiles(Map<String, String> sums) {

    /** Nothing. */
    static final JvmFiles NONE = new JvmFiles(Map.of());

    JvmFiles {
        sums = Map.copyOf(sums);
    }

    /**
     * Reads a layer, compressed with gzip.
     *
     * @throws IOException where it is none
     */
    static JvmFiles ofLayer(InputStream layer) throws IOException {
        var sums = new TreeMap<String, String>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(layer)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = "/" + entry.getName().replaceFirst("^(\\./|/)+", "");
                if (entry.isFile() && (path.endsWith("/" + Jvm.LIBRARY) || path.endsWith("/" + Jvm.MODULES))) {
                    sums.put(path, sum(tar));
                }
            }
        }
        return new JvmFiles(sums);
    }

    /** Returns what an image has whose layers these are, lowest first: a file hides that of the same path below it. */
    static JvmFiles ofImage(List<JvmFiles> layers) {
        var sums = new TreeMap<String, String>();
        layers.forEach(layer -> sums.putAll(layer.sums()));
        return new JvmFiles(sums);
    }

    /** Returns the JVMs, of an image of this architecture. */
    List<Jvm> jvms(String architecture) {
        var jvms = new ArrayList<Jvm>();
        new TreeMap<>(sums).forEach((path, library) -> {
            if (path.endsWith("/" + Jvm.LIBRARY)) {
                var home = path.substring(0, path.length() - Jvm.LIBRARY.length());
                var modules = sums.get(home + Jvm.MODULES);
                if (modules != null) {
                    jvms.add(new Jvm(architecture, library, modules));
                }
            }
        });
        return List.copyOf(jvms);
    }

    /** Returns the SHA-256 of all that comes, hex, and leaves the stream open. */
    static String sum(InputStream in) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
