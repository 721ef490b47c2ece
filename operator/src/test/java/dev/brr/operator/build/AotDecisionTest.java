package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AotDecisionTest {

    private static final Jvm OWN = new Jvm("amd64", "a1", "b1");
    private static final String IDENTITY = "0123456789abcdef0123";

    @Test
    void aBaseWithTheOperatorsOwnJvmGetsItsCache() {
        // given
        var base = files(Map.of("/opt/java", OWN));
        // when
        var decision = AotDecision.decide(OWN, IDENTITY, List.of("amd64"), base);
        // then
        assertThat(decision).isEqualTo(new AotDecision.Included(IDENTITY));
    }

    @Test
    void whereTheJvmLiesMakesNoDifference() {
        // given
        var base = files(Map.of("/usr/lib/jvm/some-other-place", OWN));
        // when
        var decision = AotDecision.decide(OWN, IDENTITY, List.of("amd64"), base);
        // then
        assertThat(decision).isInstanceOf(AotDecision.Included.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutACache")
    void anyOtherBaseOrImageGetsNoneAndIsToldWhy(
            String what, List<String> architectures, Map<String, Jvm> base, String reason) {
        // given
        var files = files(base);
        // when
        var decision = AotDecision.decide(OWN, IDENTITY, architectures, files);
        // then
        assertThat(decision).isEqualTo(new AotDecision.None(reason));
    }

    static List<Arguments> withoutACache() {
        var amd64 = List.of("amd64");
        return List.of(
                Arguments.of(
                        "another library",
                        amd64,
                        Map.of("/opt/java", new Jvm("amd64", "a2", "b1")),
                        "the base image's JVM is another build than the operator's own"),
                Arguments.of(
                        "other modules",
                        amd64,
                        Map.of("/opt/java", new Jvm("amd64", "a1", "b2")),
                        "the base image's JVM is another build than the operator's own"),
                Arguments.of("no JVM", amd64, Map.of(), "no JVM was found in the base image"),
                Arguments.of(
                        "two JVMs",
                        amd64,
                        Map.of("/opt/java", OWN, "/opt/older", new Jvm("amd64", "a0", "b0")),
                        "the base image has several JVMs"),
                Arguments.of(
                        "another architecture",
                        List.of("arm64"),
                        Map.of(),
                        "the image is for arm64, and the operator runs on amd64"),
                Arguments.of(
                        "both architectures",
                        List.of("amd64", "arm64"),
                        Map.of("/opt/java", OWN),
                        "the image is for amd64, arm64, and the operator runs on amd64"));
    }

    @Test
    void aStatusSaysThatThereIsACache() {
        // given
        AotDecision decision = new AotDecision.Included(IDENTITY);
        // when
        var text = decision.text();
        // then
        assertThat(text).isEqualTo("Included");
    }

    @Test
    void aStatusSaysWhyThereIsNone() {
        // given
        AotDecision decision = new AotDecision.None("no JVM was found in the base image");
        // when
        var text = decision.text();
        // then: it fits the field
        assertThat(text).isEqualTo("None: no JVM was found in the base image").hasSizeLessThan(256);
    }

    @Test
    void theReasonOfNoneIsNoInputOfAnImage() {
        // given
        AotDecision one = new AotDecision.None("one reason");
        AotDecision other = new AotDecision.None("another");
        // when
        var identities = List.of(one.identity(), other.identity());
        // then
        assertThat(identities).containsOnly("");
    }

    private static JvmFiles files(Map<String, Jvm> homes) {
        var sums = new HashMap<String, String>();
        homes.forEach((home, jvm) -> {
            sums.put(home + "/lib/server/libjvm.so", jvm.library());
            sums.put(home + "/lib/modules", jvm.modules());
        });
        return new JvmFiles(sums);
    }
}
