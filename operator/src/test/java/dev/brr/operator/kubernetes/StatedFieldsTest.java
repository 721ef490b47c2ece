package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitorBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedFieldsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1}              | {a: 1}                  | a copy",
                "{a: 1}              | {a: 1, b: 2}            | a field of somebody else",
                "{a: {b: 1}}         | {a: {b: 1, c: default}} | a default in an object",
                "{a: [{b: 1}]}       | {a: [{b: 1, c: 2}]}     | a default in a list's element",
                "{a: []}             | {a: []}                 | an empty list",
                "{}                  | {a: 1}                  | nothing is stated"
            })
    void whatIsStatedIsKept(String desired, String actual, String why) throws IOException {
        // given
        // when
        var kept = StatedFields.areKept(tree(desired), tree(actual));
        // then
        assertThat(kept).as(why).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1}              | {a: 2}                  | another value",
                "{a: 1}              | {b: 1}                  | a field is gone",
                "{a: {b: 1}}         | {a: 1}                  | another shape",
                "{a: [1]}            | {a: 1}                  | no list any more",
                "{a: [1, 2]}         | {a: [2, 1]}             | another order",
                "{a: [1]}            | {a: [1, 2]}             | a longer list",
                "{a: [{b: 1}]}       | {a: [{b: 2}]}           | another element",
                "{a: {b: 1}}         | {}                      | an object is gone"
            })
    void aChangeOfWhatIsStatedIsSeen(String desired, String actual, String why) throws IOException {
        // given
        // when
        var kept = StatedFields.areKept(tree(desired), tree(actual));
        // then
        assertThat(kept).as(why).isFalse();
    }

    @Test
    void whatTheClusterAddsToAnObjectDoesNotMatter() {
        // given
        var desired = podMonitor().build();
        var actual = podMonitor()
                .editMetadata()
                .withUid("1")
                .withResourceVersion("7")
                .addToAnnotations("example.com/note", "hands off")
                .endMetadata()
                .editSpec()
                .editFirstPodMetricsEndpoint()
                .editFirstRelabeling()
                .withAction("replace")
                .endRelabeling()
                .endPodMetricsEndpoint()
                .endSpec()
                .build();
        // when
        var kept = StatedFields.areKept(desired, actual);
        // then
        assertThat(kept).isTrue();
    }

    @Test
    void aLabelThatIsTakenAwayMatters() {
        // given
        var desired = podMonitor().build();
        var actual = podMonitor()
                .editMetadata()
                .removeFromLabels("app")
                .endMetadata()
                .build();
        // when
        var kept = StatedFields.areKept(desired, actual);
        // then
        assertThat(kept).isFalse();
    }

    private static PodMonitorBuilder podMonitor() {
        return new PodMonitorBuilder(new PodMonitor())
                .withNewMetadata()
                .withName("petstore")
                .addToLabels("app", "petstore")
                .endMetadata()
                .withNewSpec()
                .addNewPodMetricsEndpoint()
                .withPath("/metrics")
                .addNewRelabeling()
                .withTargetLabel("service")
                .endRelabeling()
                .endPodMetricsEndpoint()
                .endSpec();
    }

    private static JsonNode tree(String yaml) throws IOException {
        return YAML.readTree(yaml);
    }
}
