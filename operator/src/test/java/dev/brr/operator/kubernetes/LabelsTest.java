package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void everyObjectCarriesTheRecommendedLabels() {
        // given
        var service = BrrServiceYaml.named("shop", "petstore");
        // when
        var labels = Labels.of(service);
        // then
        assertThat(labels)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "app.kubernetes.io/name", "petstore",
                        "app.kubernetes.io/instance", "petstore",
                        "app.kubernetes.io/managed-by", "brr-operator",
                        "app.kubernetes.io/part-of", "brr"));
    }

    @Test
    void labelsAreInAFixedOrder() {
        // given
        var service = BrrServiceYaml.named("shop", "petstore");
        // when
        var keys = List.copyOf(Labels.of(service).keySet());
        // then
        assertThat(keys).isSorted();
    }

    @Test
    void podsAreSelectedByWhatNeverChanges() {
        // given
        var service = BrrServiceYaml.named("shop", "petstore");
        // when
        var selector = Labels.selector(service);
        // then
        assertThat(selector)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "app.kubernetes.io/instance", "petstore", "app.kubernetes.io/managed-by", "brr-operator"));
    }

    @Test
    void theScaleSubresourceGetsTheSelectorAsText() {
        // given
        var service = BrrServiceYaml.named("shop", "petstore");
        // when
        var text = Labels.selectorText(service);
        // then
        assertThat(text).isEqualTo("app.kubernetes.io/instance=petstore,app.kubernetes.io/managed-by=brr-operator");
    }

    @Test
    void theInformersSelectorMatchesEveryLabelledObject() {
        // given
        var labels = Labels.of(BrrServiceYaml.named("shop", "petstore"));
        // when
        var selector = Labels.SELECTOR.split("=");
        // then
        assertThat(labels).containsEntry(selector[0], selector[1]);
    }

    @Property
    void whatSelectsPodsIsAlwaysAmongTheirLabels(@ForAll @From("names") String name) {
        // given
        var service = BrrServiceYaml.named("shop", name);
        // when
        var labels = Labels.of(service);
        // then
        assertThat(labels).containsAllEntriesOf(Labels.selector(service));
    }

    @Property
    void everyAllowedNameMakesAllowedLabelValues(@ForAll @From("names") String name) {
        // given
        var service = BrrServiceYaml.named("shop", name);
        // when
        var values = Labels.of(service).values();
        // then
        assertThat(values)
                .allSatisfy(value -> assertThat(value)
                        .hasSizeLessThanOrEqualTo(63)
                        .matches("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"));
    }

    @Property
    void twoServicesNeverSelectEachOthersPods(@ForAll @From("names") String one, @ForAll @From("names") String other) {
        // given
        var labels = Labels.of(BrrServiceYaml.named("shop", one));
        // when
        var selector = Labels.selector(BrrServiceYaml.named("shop", other));
        // then
        assertThat(labels.entrySet().containsAll(selector.entrySet())).isEqualTo(one.equals(other));
    }

    /** Makes the names that the API allows: RFC 1035 labels of at most 50 characters. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(50)
                .filter(name -> name.matches("[a-z]([-a-z0-9]*[a-z0-9])?"));
    }
}
