package dev.brr.jemalloc.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.conf.CpuLimit;
import dev.brr.jemalloc.conf.JemallocBuild;
import dev.brr.jemalloc.conf.Preset;
import dev.brr.jemalloc.conf.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs programs for arm64 under emulation. {@code scripts/check-arm64} runs it, and says where their files are: no other
 * tests have the name.
 */
class OnEmulatedArm64 {

    private static final int ABORTED = 134;
    private static final int SECONDS = 15;

    private record Outcome(int exit, String printed) {}

    @ParameterizedTest
    @EnumSource(value = Preset.class, names = "PROFILING", mode = EnumSource.Mode.EXCLUDE)
    void debiansJemallocTakesTheOptionsOfAPreset(Preset preset) throws Exception {
        // given
        var decision = Tuning.decide(preset, Map.of(), CpuLimit.ofMillicores(2000), JemallocBuild.ARM64);
        // when
        var outcome = start(((Tuning.Decision.Tuned) decision).conf().render());
        // then
        assertThat(outcome).isEqualTo(new Outcome(0, ""));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void debiansJemallocRefusesThoseForAmd64(Preset preset) throws Exception {
        // given
        var decision = Tuning.decide(preset, Map.of(), CpuLimit.ofMillicores(2000), JemallocBuild.AMD64);
        // when
        var outcome = start(((Tuning.Decision.Tuned) decision).conf().render());
        // then
        assertThat(outcome.exit()).isEqualTo(ABORTED);
        assertThat(outcome.printed()).contains("Invalid conf pair: prof:true");
    }

    @ParameterizedTest
    @CsvSource({"malloc", "mallctl", "free"})
    void symbolsOfALibraryForArm64AreRead(String function) throws Exception {
        // given
        var file = debiansJemalloc();
        var nm = run(new ProcessBuilder("aarch64-linux-gnu-nm", "-D", "--defined-only", file.toString()));
        var address = nm.printed()
                .lines()
                .filter(line -> line.endsWith(" T " + function))
                .map(line -> Long.parseLong(line.substring(0, 16), 16))
                .findFirst()
                .orElseThrow();
        // when
        var named = ElfSymbols.read(file).at(address + 4);
        // then
        assertThat(named).contains(function);
    }

    @Test
    void profilesAreTakenWhileEverythingMoves() {
        // given
        var process = jvm(StressProgram.class, "abort_conf:true,prof:true,prof_active:false,lg_prof_sample:12")
                .option("-Xmx256m")
                .option("-XX:MaxDirectMemorySize=1g")
                .option("-Dseconds=" + SECONDS);
        // when
        var result = process.run();
        // then
        assertThat(result.number("deaths")).as(result.err()).isZero();
        assertThat(result.number("profiles")).isPositive();
        assertThat(result.value("sawBytes")).isEqualTo("true");
        assertThat(result.number("countedBytes")).isPositive();
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class ProfilesOfPlatformThreads extends TruthTable {
        ProfilesOfPlatformThreads() {
            super(jvm(TruthProgram.class, CONF), false);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class ProfilesOfVirtualThreadsThatPark extends TruthTable {
        ProfilesOfVirtualThreadsThatPark() {
            super(jvm(TruthProgram.class, CONF), true);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class CountsOfPlatformThreads extends OperationMemoryTest.Counted {
        CountsOfPlatformThreads() {
            super(jvm(OperationMemoryProgram.class, "abort_conf:true"), false);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class CountsOfVirtualThreads extends OperationMemoryTest.Counted {
        CountsOfVirtualThreads() {
            super(jvm(OperationMemoryProgram.class, "abort_conf:true"), true);
        }
    }

    private static ForkedJvm jvm(Class<?> main, String mallocConf) {
        return ForkedJvm.of(main)
                .launcher(
                        "qemu-aarch64",
                        "-L",
                        folder().resolve("root").toString(),
                        "-E",
                        "LD_PRELOAD=" + folder().resolve("libjemalloc-prof.so.2"),
                        folder().resolve("root/usr/lib/jvm/java-25-openjdk-arm64/bin/java")
                                .toString())
                .env("MALLOC_CONF", mallocConf)
                .timeout(300);
    }

    /** Starts an empty program with Debian's jemalloc for arm64. */
    private static Outcome start(String mallocConf) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                "qemu-aarch64",
                "-L",
                folder().resolve("root").toString(),
                "-E",
                "LD_PRELOAD=" + debiansJemalloc(),
                folder().resolve("nothing").toString());
        builder.environment().put("MALLOC_CONF", mallocConf);
        return run(builder);
    }

    private static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    private static Path folder() {
        return Path.of(property("brr.arm64"));
    }

    private static Path debiansJemalloc() {
        return Path.of(property("brr.arm64.jemalloc"));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is not set: scripts/check-arm64 runs this");
    }
}
