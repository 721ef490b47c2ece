package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Switches the sampling of a real jemalloc, in a process of its own. */
class SamplingTest {
    private static final Map<String, String> SEQUENCES = Map.of(
            "person+ person-", "on off",
            "box+ box-", "on off",
            "box+ person+ box- person-", "on on on off",
            "box+ person+ person- box-", "on on on off",
            "person+ box+ person- box-", "on on on off",
            "person+ box+ box- person-", "on on on off",
            "person+ person+ person-", "on on off",
            "code+ box+ box- person-", "on on on off",
            "person+ code- box+ box-", "on off on off",
            "box- person- box+ box+ box-", "off off on on off");

    @Test
    void samplingIsOnForAsLongAsAnybodyWantsIt() throws IOException, InterruptedException {
        // given
        ProcessBuilder builder = TestProgram.onJemalloc(
                        TestProgram.process(
                                SamplingProgram.class, "64m", SEQUENCES.keySet().toArray(String[]::new)),
                        "abort_conf:true,prof:true,prof_active:false")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // when
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // then
        assertThat(process.waitFor()).isZero();
        assertThat(said.lines())
                .containsExactlyInAnyOrderElementsOf(SEQUENCES.entrySet().stream()
                        .map(sequence -> sequence.getKey() + ": " + sequence.getValue())
                        .toList());
    }
}
