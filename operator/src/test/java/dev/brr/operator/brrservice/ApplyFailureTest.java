package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
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

    @Test
    void severalAreToldInOneOrderEachWithItsObject() {
        // given
        var failures = new LinkedHashMap<String, Exception>(
                Map.of("service", new IllegalStateException("no"), "deployment", new IllegalStateException("never")));
        // when
        var message = ApplyFailure.message(new AggregatedOperatorException("two failed", failures));
        // then
        assertThat(message).isEqualTo("deployment: never; service: no");
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
