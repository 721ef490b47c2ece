package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seconds for each collector are a system property, brr.stress.seconds, for those who want to wait half an hour. */
class StressTest {

    private static final int SECONDS = Integer.getInteger("brr.stress.seconds", 30);

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC"})
    void profilesAreTakenWhileEverythingMoves(String collector) {
        // given
        var process = ForkedJvm.withJemalloc(
                        StressProgram.class, "abort_conf:true,prof:true,prof_active:false,lg_prof_sample:12")
                .collector(collector)
                .timeout(SECONDS + 60)
                .option("-Xmx256m")
                .option("-XX:MaxDirectMemorySize=1g")
                .option("-Dseconds=" + SECONDS);
        // when
        var result = process.run();
        // then
        assertThat(result.number("deaths")).as(result.err()).isZero();
        assertThat(result.number("profiles")).isPositive();
        assertThat(result.value("sawBytes")).isEqualTo("true");
        assertThat(result.number("allocations")).isPositive();
        assertThat(result.value("memory")).isEqualTo("Counting[java=true]");
        assertThat(result.number("countedBytes")).isPositive();
    }
}
