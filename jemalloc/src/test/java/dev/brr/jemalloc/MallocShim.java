package dev.brr.jemalloc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Builds what stands in jemalloc's way, with the C compiler of the machine. */
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

    /** What exports mallctl(), and knows none of jemalloc's controls. */
    private static final String UNHEARD_OF = OTHER_MALLOC + """
            int mallctl(const char *n, void *o, size_t *l, void *w, size_t m) { return 2; }
            int mallctlnametomib(const char *n, size_t *m, size_t *l) { return 2; }
            int mallctlbymib(const size_t *m, size_t k, void *o, size_t *l, void *w, size_t n) { return 2; }
            void malloc_stats_print(void (*w)(void *, const char *), void *c, const char *o) {}
            """;

    /** What a build with --with-jemalloc-prefix=je_ exports. */
    private static final String PREFIXED = """
            #include <stddef.h>
            int je_mallctl(const char *n, void *o, size_t *l, void *w, size_t m) { return 2; }
            """;

    /** The native part of another version of JNA. */
    private static final String OTHER_JNA = """
            #include <jni.h>
            JNIEXPORT jint JNICALL Java_com_sun_jna_Native_sizeof(JNIEnv *e, jclass c, jint t) { return 8; }
            JNIEXPORT jstring JNICALL Java_com_sun_jna_Native_getNativeVersion(JNIEnv *e, jclass c) {
                return (*e)->NewStringUTF(e, "1.0.0");
            }
            """;

    /** What bin/java is, but finding its libraries by an absolute path, as a mistrusted executable has to. */
    private static final String LAUNCHER = """
            extern int JLI_Launch(int, char **, int, const char **, int, const char **, const char *, const char *,
                const char *, const char *, unsigned char, unsigned char, unsigned char, int);
            int main(int argc, char **argv) {
                return JLI_Launch(argc, argv, 0, 0, 0, 0, "25", "0.0", "java", "openjdk", 0, 1, 0, 0);
            }
            """;

    private MallocShim() {}

    static Path compile(Path folder) throws IOException, InterruptedException {
        return compile(folder, "libothermalloc.so", OTHER_MALLOC, List.of("-shared", "-fPIC"));
    }

    static Path compileUnheardOf(Path folder) throws IOException, InterruptedException {
        return compile(folder, "libjemalloc.so.2", UNHEARD_OF, List.of("-shared", "-fPIC"));
    }

    static Path compilePrefixed(Path folder) throws IOException, InterruptedException {
        return compile(folder, "libjemalloc_prefixed.so", PREFIXED, List.of("-shared", "-fPIC"));
    }

    static Path compileOtherJna(Path folder) throws IOException, InterruptedException {
        Path include = Path.of(System.getProperty("java.home"), "include");
        return compile(
                folder,
                "libjnidispatch.so",
                OTHER_JNA,
                List.of("-shared", "-fPIC", "-I" + include, "-I" + include.resolve("linux")));
    }

    static Path compileLauncher(Path folder) throws IOException, InterruptedException {
        String libraries = Path.of(System.getProperty("java.home"), "lib").toString();
        return compile(folder, "launcher", LAUNCHER, List.of("-L" + libraries, "-ljli", "-Wl,-rpath," + libraries));
    }

    private static Path compile(Path folder, String name, String source, List<String> options)
            throws IOException, InterruptedException {
        Path code = Files.writeString(folder.resolve(name + ".c"), source);
        Path built = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("cc", "-o", built.toString(), code.toString()));
        command.addAll(options);
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new AssertionError("cc could not build " + name + ": " + printed);
        }
        return built;
    }
}
