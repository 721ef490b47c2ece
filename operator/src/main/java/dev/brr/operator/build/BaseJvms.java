package dev.brr.operator.build;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the JVMs of base images; each layer is read once, and bases share most of theirs. */
final class BaseJvms {

    private final ImageRegistry registry;
    private final Map<String, JvmFiles> byLayer = new ConcurrentHashMap<>();

    BaseJvms(ImageRegistry registry) {
        this.registry = registry;
    }

    /**
     * Returns the files of an image's JVMs.
     *
     * @param reference the image by digest
     * @throws IOException where a layer cannot be had or read
     */
    JvmFiles of(String reference, String architecture)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var layers = new ArrayList<JvmFiles>();
        for (var digest : registry.layers(reference, architecture)) {
            var known = byLayer.get(digest);
            if (known == null) {
                known = read(reference, digest);
                byLayer.put(digest, known);
            }
            layers.add(known);
        }
        return JvmFiles.ofImage(layers);
    }

    private JvmFiles read(String reference, String digest)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var file = Files.createTempFile("layer-", ".tar.gz");
        try {
            try (var out = Files.newOutputStream(file)) {
                registry.copyBlob(reference, digest, out);
            }
            try (var in = Files.newInputStream(file)) {
                return JvmFiles.ofLayer(in);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
