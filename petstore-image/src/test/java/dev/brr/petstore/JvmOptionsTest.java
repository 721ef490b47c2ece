package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options file of the image, as the JVM understands it in a container of 512 MiB. */
class JvmOptionsTest {
    private static final Path OPTIONS = Path.of("src/main/image/jvm.options").toAbsolutePath();
    private static Map<String, String> flags = Map.of();

    @BeforeAll
    static void ask() throws IOException, InterruptedException {
        flags = flagsIn("512m");
    }

    private static Map<String, String> flagsIn(String memory) throws IOException, InterruptedException {
        return flagsIn(memory, Map.of());
    }

    private static Map<String, String> flagsIn(String memory, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + OPTIONS,
                        "-XX:MaxRAM=" + memory,
                        "-XX:+PrintFlagsFinal",
                        "-version")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        Map<String, String> found = new HashMap<>();
        for (String line : printed.split("\n")) {
            List<String> words = Arrays.stream(line.strip().split("\\s+")).toList();
            if (words.size() >= 4 && words.get(2).equals("=")) {
                found.put(words.get(1), words.get(3));
            }
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "UseSerialGC, true",
        "UseCompactObjectHeaders, true",
        "ExitOnOutOfMemoryError, false",
        "UsePerfData, false",
        "ThreadStackSize, 256",
        "TieredCompilation, false",
        "SurvivorRatio, 4",
        "TargetSurvivorRatio, 90",
        "StringTableSize, 8192",
        "ReservedCodeCacheSize, 50331648",
        "MaxDirectMemorySize, 33554432",
        "TrimNativeHeapInterval, 5000"
    })
    void aFlagIsSet(String flag, String value) {
        // then
        assertThat(flags).containsEntry(flag, value);
    }

    @ParameterizedTest
    @CsvSource({"128m, 16", "256m, 32", "512m, 64", "2048m, 512"})
    void theHeapIsAShareOfTheContainersMemory(String memory, long mebibytes) throws IOException, InterruptedException {
        // when
        Map<String, String> found = flagsIn(memory);

        // then: an eighth of a small container, a quarter of a large one
        assertThat(Long.parseLong(found.getOrDefault("MaxHeapSize", "0")) / (1024 * 1024))
                .isBetween(mebibytes, mebibytes + 4);
    }

    @ParameterizedTest
    @CsvSource({"128m, 64", "512m, 256", "2048m, 1536"})
    void aSizeInTheEnvironmentIsStrongerThanTheShares(String memory, long mebibytes)
            throws IOException, InterruptedException {
        // given: the operator's word for spec.memory.javaHeapPercent
        Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-Xmx" + mebibytes + "m");
        // when
        Map<String, String> found = flagsIn(memory, environment);
        // then
        assertThat(found).containsEntry("MaxHeapSize", Long.toString(mebibytes * 1024 * 1024));
    }

    @Test
    void theSizeOfTheOperatorIsStrongerThanOneThatABaseImageHas() throws IOException, InterruptedException {
        // given
        Map<String, String> environment =
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx100m -Dagent=kept", "JDK_JAVA_OPTIONS", "-Xmx200m");
        // when
        Map<String, String> found = flagsIn("512m", environment);
        // then
        assertThat(found).containsEntry("MaxHeapSize", Long.toString(200L * 1024 * 1024));
    }

    @Test
    void theHeapBeginsSmall() {
        // then: a twentieth of 512 MiB
        assertThat(Long.parseLong(flags.getOrDefault("InitialHeapSize", "0")) / (1024 * 1024))
                .isBetween(24L, 28L);
    }

    @Test
    void everyFlagHasAReasonOrIsPlain() throws IOException {
        // given
        List<String> lines = Files.readAllLines(OPTIONS);

        // then: what is no flag is a comment
        assertThat(lines).allMatch(line -> line.isBlank() || line.startsWith("#") || line.startsWith("-"));
        assertThat(lines).contains("--enable-native-access=ALL-UNNAMED");
    }
}
