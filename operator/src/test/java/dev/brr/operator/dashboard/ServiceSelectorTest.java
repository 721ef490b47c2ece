package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceSelectorTest {

    private final ServiceSelector everyPod = ServiceSelector.everyPod(Petstore.balanced());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "up{SERVICE} | up{namespace=\"shop\", service=\"petstore\"}",
                "up{SERVICE, job=\"x\"} | up{namespace=\"shop\", service=\"petstore\", job=\"x\"}",
                "a{SERVICE} / b{SERVICE} | a{namespace=\"shop\", service=\"petstore\"} / "
                        + "b{namespace=\"shop\", service=\"petstore\"}",
                "time() | time()",
            })
    void fillsInEveryPlaceholder(String expression, String expected) {
        // given, when
        var filled = everyPod.in(expression);
        // then
        assertThat(filled).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "up{SERVICE} | up{namespace=\"shop\", service=\"petstore\", pod=~\"$pod\"}",
                "up{SERVICE, job=\"x\"} | up{namespace=\"shop\", service=\"petstore\", pod=~\"$pod\", job=\"x\"}",
            })
    void leavesTheChoiceOfPodsToTheDashboard(String expression, String expected) {
        // given, when
        var filled = everyPod.chosenPods().in(expression);
        // then
        assertThat(filled).isEqualTo(expected);
    }
}
