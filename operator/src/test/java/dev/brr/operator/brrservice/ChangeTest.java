package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeTest {

    private static final Target CURRENT = new Target("registry.example/petstore@sha256:1", "narenas:1", "inputs-1");

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("targets")
    void whatDiffersSaysWhatHappensToThePods(String difference, Target wanted, Change change) {
        // given
        var current = Optional.of(CURRENT);
        // when
        var decided = Change.between(current, wanted);
        // then
        assertThat(decided).isEqualTo(change);
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of("nothing", CURRENT, Change.None),
                Arguments.of(
                        "how the image came to be", new Target(CURRENT.image(), "narenas:1", "other"), Change.None),
                Arguments.of("the tuning", new Target(CURRENT.image(), "narenas:2", "inputs-1"), Change.Restart),
                Arguments.of("the image", new Target("registry.example/x@sha256:2", "narenas:1", "x"), Change.Rebuild),
                Arguments.of("both", new Target("registry.example/x@sha256:2", "narenas:2", "x"), Change.Rebuild));
    }

    @Test
    void theFirstRolloutIsOfANewImage() {
        // given
        Optional<Target> nothing = Optional.empty();
        // when
        var change = Change.between(nothing, CURRENT);
        // then
        assertThat(change).isEqualTo(Change.Rebuild);
    }
}
