package dev.brr.jemalloc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Builds libraries that stand in jemalloc's way, with the C compiler of the machine. */
final class MallocShim {

    /** Another library's malloc, which hands all on to glibc's. */
    private static final String OTHER_MALLOC = """
            #include <stddef.h>
            void *__libc_malloc(size_t);
            void __libc_free(void *);
            void *__libc_calloc(size_t, size_t);
            void *__libc_realloc(void *, size_t);
            void *__libc_memalign(size_t, size_t);
            void *malloc(size_t n) { return __libc_malloc(n); }
            void free(void *p) { __libc_free(p); }
            void *calloc(size_t n, size_t m) { return __libc_calloc(n, m); }
            void *realloc(void *p, size_t n) { return __libc_realloc(p, n); }
            void *memalign(size_t a, size_t n) { return __libc_memalign(a, n); }
            void *aligned_alloc(size_t a, size_t n) { return __libc_memalign(a, n); }
            int posix_memalign(void **p, size_t a, size_t n) { *p = __libc_memalign(a, n); return *p ? 0 : 12; }
            """;

    /** What a build with --with-jemalloc-prefix=je_ exports. */
    private static final String PREFIXED = """
            #include <stddef.h>
            int je_mallctl(const char *n, void *o, size_t *l, void *w, size_t m) { return 2; }
            """;

    private MallocShim() {}

    static Path compile(Path folder) throws IOException, InterruptedException {
        return compile(folder, "libothermalloc.so", OTHER_MALLOC);
    }

    static Path compilePrefixed(Path folder) throws IOException, InterruptedException {
        return compile(folder, "libjemalloc_prefixed.so", PREFIXED);
    }

    private static Path compile(Path folder, String name, String source) throws IOException, InterruptedException {
        Path code = Files.writeString(folder.resolve(name + ".c"), source);
        Path library = folder.resolve(name);
        Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), code.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new AssertionError("cc could not build " + name + ": " + printed);
        }
        return library;
    }
}
