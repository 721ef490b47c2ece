package dev.brr.operator.build;

import static java.util.Objects.requireNonNull;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lays out what an image has beside its base: allocator, runtime, AOT cache, handlers and document, each in a layer of
 * its own, from what changes rarely to what changes often.
 *
 * @param files the packaged runtime
 * @param texts the folder of the files that are written for this image
 * @param aotCache the AOT cache of the runtime's start, where the image is to bring it
 */
record ServiceImage(ServiceFiles files, Path texts, Optional<Path> aotCache) {

    /** Where jemalloc lies in a service image, on each architecture. */
    static final String JEMALLOC = "/opt/brr/lib/libjemalloc.so.2";

    /** The time of every file in an image; an AOT cache is made from jars of this time. */
    static final Instant FILE_TIME = FileEntriesLayer.DEFAULT_MODIFICATION_TIME;

    private static final String AOT_CACHE = "/app/service.aot";
    private static final String OPTIONS = "/app/jvm.options";
    private static final String CLASS_PATH = "/app/class-path.options";
    private static final String DOCUMENT = "/app/openapi.yaml";
    /** The runtime looks for it there. */
    private static final String CHECKED = DOCUMENT + ".checked";
    /** The loader reads it behind LD_PRELOAD, so that jemalloc stays first. */
    private static final String PRELOAD = "/etc/ld.so.preload";

    /** Returns the command line of the service. */
    List<String> entrypoint() {
        return Stream.of(
                        Stream.of("java", "@" + OPTIONS),
                        aotCache.stream().flatMap(cache -> aotOptions()),
                        Stream.of("@" + CLASS_PATH, "dev.brr.runtime.RuntimeMain", "--spec", DOCUMENT))
                .flatMap(part -> part)
                .toList();
    }

    /**
     * Returns the options that name the cache. A JVM that cannot use it goes on without; what it says of that would be
     * between the lines of JSON on standard output, and goes to standard error.
     */
    private static Stream<String> aotOptions() {
        return Stream.of("-XX:AOTCache=" + AOT_CACHE, "-Xlog:aot*=off", "-Xlog:aot=error:stderr");
    }

    /**
     * Returns the layers, lowest first.
     *
     * @param checked what a start reads in place of checking the document again; empty for nothing
     */
    List<FileEntriesLayer> layers(BuildRequest request, String checked) throws IOException {
        return Stream.of(
                        allocator(request.architectures()),
                        runtime(),
                        aot(),
                        handlers(request.petStore()),
                        document(request.document(), checked))
                .filter(layer -> !layer.getEntries().isEmpty())
                .toList();
    }

    /** Returns the layer that goes on preloading what the base preloads. */
    FileEntriesLayer preload(BasePreload.Kept kept) throws IOException {
        return text("preload", kept.fileText(), PRELOAD);
    }

    private FileEntriesLayer allocator(List<String> architectures) {
        var layer = FileEntriesLayer.builder().setName("jemalloc");
        architectures.forEach(architecture ->
                layer.addEntry(requireNonNull(files.jemalloc().get(architecture)), AbsoluteUnixPath.get(JEMALLOC)));
        return layer.build();
    }

    private FileEntriesLayer runtime() throws IOException {
        var layer = FileEntriesLayer.builder().setName("runtime");
        files.libraries().forEach(jar -> layer.addEntry(jar, AbsoluteUnixPath.get(ClassPath.libraryInImage(jar))));
        layer.addEntry(files.jvmOptions(), AbsoluteUnixPath.get(OPTIONS));
        var classPath = ClassPath.of(files.libraries()).argumentFile();
        layer.addEntry(Files.writeString(texts.resolve("class-path"), classPath), AbsoluteUnixPath.get(CLASS_PATH));
        return layer.build();
    }

    private FileEntriesLayer aot() {
        var layer = FileEntriesLayer.builder().setName("aot-cache");
        aotCache.ifPresent(cache -> layer.addEntry(cache, AbsoluteUnixPath.get(AOT_CACHE)));
        return layer.build();
    }

    private FileEntriesLayer handlers(boolean petStore) {
        var layer = FileEntriesLayer.builder().setName("handlers");
        if (petStore) {
            files.handlers().forEach(jar -> layer.addEntry(jar, AbsoluteUnixPath.get(ClassPath.handlerInImage(jar))));
        }
        return layer.build();
    }

    private FileEntriesLayer document(String text, String checked) throws IOException {
        var layer = text("document", text, DOCUMENT).toBuilder();
        if (!checked.isEmpty()) {
            layer.addEntry(Files.writeString(texts.resolve("checked"), checked), AbsoluteUnixPath.get(CHECKED));
        }
        return layer.build();
    }

    private FileEntriesLayer text(String name, String text, String target) throws IOException {
        return FileEntriesLayer.builder()
                .setName(name)
                .addEntry(Files.writeString(texts.resolve(name), text), AbsoluteUnixPath.get(target))
                .build();
    }
}
