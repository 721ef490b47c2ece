package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyFailureTest {

    @Test
    void anErrorIsToldInItsOwnWords() {
        // given
        var error = new IllegalStateException("exceeded quota: few");
        // when
        var message = ApplyFailure.message(error);
        // then
        assertThat(message).isEqualTo("exceeded quota: few");
    }

    @Test
    void anErrorWithoutWordsIsNamedByItsKind() {
        // given
        var error = new IllegalStateException();
        // when
        var message = ApplyFailure.message(error);
        // then
        assertThat(message).isEqualTo("java.lang.IllegalStateException");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalAreToldInOneOrderEachWithItsObjectAndWithoutAStackTrace(boolean wrapped) {
        // given: the framework hands them over as the cause of another
        var many = new AggregatedOperatorException(
                "two failed",
                new LinkedHashMap<>(Map.of(
                        "dev.brr.operator.brrservice.ServiceDependentResource",
                        new IllegalStateException("no"),
                        "dev.brr.operator.brrservice.DeploymentDependentResource",
                        new IllegalStateException("never"),
                        "other",
                        new IllegalStateException("perhaps"))));
        // when
        var message = ApplyFailure.message(wrapped ? new OperatorException(many) : many);
        // then
        assertThat(message).isEqualTo("Deployment: never; Service: no; other: perhaps");
    }

    @Test
    void theAnswerOfTheApiServerGoesBeforeTheRequestThatItWasTo() {
        // given
        var status = new StatusBuilder()
                .withCode(403)
                .withMessage("exceeded quota: few")
                .build();
        var refusal = new KubernetesClientException("Failure executing: PATCH at: https://10.96.0.1", 403, status);
        // when
        var message = ApplyFailure.message(refusal);
        // then
        assertThat(message).isEqualTo("exceeded quota: few");
    }

    @Test
    void anObjectOfThatNameThatSomebodyElseMadeIsThoughtOf() {
        // given
        var conflict = new KubernetesClientException("the object has been modified", 409, null);
        // when
        var message = ApplyFailure.message(conflict);
        // then
        assertThat(message).startsWith("the object has been modified (where an object of that name is there");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 422, 500})
    void otherRefusalsAreLeftAsTheyAre(int code) {
        // given
        var refusal = new KubernetesClientException("no", code, null);
        // when
        var message = ApplyFailure.message(refusal);
        // then
        assertThat(message).isEqualTo("no");
    }
}
