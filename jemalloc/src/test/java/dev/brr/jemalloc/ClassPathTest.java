package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm.Result;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Starts JVMs with parts of the class path: not every user needs every dependency. */
class ClassPathTest {

    @Test
    void tuningsAreDecidedAndCheckedOnTheJdkAlone() {
        // when
        Result result =
                ForkedJvm.of(TuningProgram.class).classPath(ownClasses()).run();

        // then
        assertThat(result.value("refused"))
                .isEqualTo("[narena: no such option of jemalloc 5.3; did you mean narenas?]");
        assertThat(result.value("tuned"))
                .isEqualTo("abort_conf:true,background_thread:true,narenas:3,dirty_decay_ms:1000,muzzy_decay_ms:0,"
                        + "tcache_max:4096,prof:true,prof_active:false");
        assertThat(result.number("mismatches")).isEqualTo(8);
    }

    @Test
    void withoutJnaJemallocIsAbsentAndNothingFails() {
        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .classPath(ownClasses())
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("false");
        assertThat(result.value("reason")).isEqualTo("no_native_access");
        assertThat(result.value("explanation")).isEqualTo("JNA is not on the class path: add net.java.dev.jna:jna.");
    }

    @Test
    void withoutMicrometerJemallocCanBeAsked() {
        // given
        String withoutMicrometer = Arrays.stream(ForkedJvm.ownClassPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("micrometer"))
                .collect(Collectors.joining(File.pathSeparator));

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true,narenas:3")
                .classPath(withoutMicrometer)
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
        assertThat(result.value("opt.narenas")).isEqualTo("3");
        assertThat(result.value("mismatches")).isEqualTo("[]");
    }

    /** Returns the folders of this module's classes and of its tests', without any library. */
    private static String ownClasses() {
        return Stream.of(TuningProgram.class, Jemalloc.class)
                .map(ClassPathTest::folder)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String folder(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
