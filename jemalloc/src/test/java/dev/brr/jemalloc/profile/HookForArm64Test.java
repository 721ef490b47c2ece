package dev.brr.jemalloc.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the hook that is cross-compiled for arm64, as far as an amd64 machine can. */
class HookForArm64Test {

    private static final int AARCH64 = 183;
    private static final Pattern FUNCTION = Pattern.compile("Java_dev_brr_jemalloc_profile_HookLibrary_[A-Za-z]+");

    private static final String LOADS_IT = """
            #include <dlfcn.h>
            #include <stdio.h>
            int main(int count, char **arguments) {
                void *hook = dlopen(arguments[1], RTLD_NOW);
                if (!hook) { puts(dlerror()); return 1; }
                for (int i = 2; i < count; i++) {
                    if (!dlsym(hook, arguments[i])) { puts(dlerror()); return 1; }
                }
                puts("loaded");
                return 0;
            }
            """;

    @TempDir
    private Path folder;

    private Path hook;

    @BeforeEach
    void onlyWhereItIsBuilt() {
        Path classes = Path.of(HookLibrary.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        hook = classes.resolve("META-INF/brr/linux-arm64/libbrrprof.so");
        assumeTrue(
                Files.exists(hook), "built only where aarch64-linux-gnu-gcc is: apt-get install gcc-aarch64-linux-gnu");
    }

    @Test
    void itIsALibraryForArm64WithTheFunctionsOfTheOtherOne() throws IOException {
        // given
        Path own = hook.resolveSibling("../linux-amd64/libbrrprof.so");
        assumeTrue(Files.exists(own), "on arm64 the other one is not built without x86_64-linux-gnu-gcc");

        // when
        ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(hook)).order(ByteOrder.LITTLE_ENDIAN);

        // then
        assertThat(head.getShort(18)).isEqualTo((short) AARCH64);
        assertThat(functions(hook)).isEqualTo(functions(own)).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void aProgramForArm64LoadsIt() throws Exception {
        // given
        assumeTrue(
                isInstalled("qemu-aarch64"),
                "only where programs for arm64 can be emulated: apt-get install qemu-user");
        assumeTrue(
                isInstalled("aarch64-linux-gnu-gcc"),
                "and built: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross");
        Path code = Files.writeString(folder.resolve("loads.c"), LOADS_IT);
        Path program = folder.resolve("loads");
        assertThat(run(List.of("aarch64-linux-gnu-gcc", "-o", program.toString(), code.toString(), "-ldl")))
                .isEmpty();

        // when
        List<String> command = new ArrayList<>(
                List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", program.toString(), hook.toString()));
        command.addAll(functions(hook));

        // then
        assertThat(run(command)).isEqualTo("loaded\n");
    }

    private static TreeSet<String> functions(Path library) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        FUNCTION.matcher(new String(Files.readAllBytes(library), UTF_8))
                .results()
                .map(MatchResult::group)
                .forEach(names::add);
        return names;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return printed;
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
