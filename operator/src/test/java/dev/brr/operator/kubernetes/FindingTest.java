package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FindingTest {

    @ParameterizedTest
    @MethodSource("findings")
    void carriesTheStatusThatItsMakerNames(Finding finding, Status status, boolean isTrue) {
        // given
        // when
        var holds = finding.isTrue();
        // then
        assertThat(finding.status()).isEqualTo(status);
        assertThat(holds).isEqualTo(isTrue);
    }

    static Stream<Arguments> findings() {
        return Stream.of(
                Arguments.of(Finding.holds(ConditionType.Ready, Reason.ServiceReady, "m"), Status.True, true),
                Arguments.of(Finding.fails(ConditionType.Ready, Reason.BuildFailed, "m"), Status.False, false),
                Arguments.of(Finding.pends(ConditionType.Ready, Reason.Building, "m"), Status.Unknown, false));
    }

    @Test
    void keepsTypeReasonAndMessage() {
        // given
        var type = ConditionType.ImageBuilt;
        // when
        var finding = Finding.fails(type, Reason.BuildFailed, "no space left");
        // then
        assertThat(finding)
                .isEqualTo(new Finding(ConditionType.ImageBuilt, Status.False, Reason.BuildFailed, "no space left"));
    }
}
