package dev.brr.operator.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.KeyRef;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.openapi.DocumentResolution.Found;
import dev.brr.operator.openapi.DocumentResolution.Missing;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentSourceTest {

    private static final String BUNDLED = "openapi: 3.1.0 # the pet store";
    private static final BrrService NAMING = BrrServiceYaml.withSpec("""
            openapi:
              configMapKeyRef: {name: orders-openapi, key: openapi.yaml}
            """);

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "openapi: {}", "malloc: {preset: LowRss}"})
    void aSpecThatNamesNoDocumentMeansTheBundledOne(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var resolution = source(null).resolve(service);
        // then
        assertThat(resolution).isEqualTo(new Found(BUNDLED, true));
    }

    @Test
    void aServiceWithoutSpecIsTheBundledOne() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var resolution = source(null).resolve(service);
        // then
        assertThat(resolution).isEqualTo(new Found(BUNDLED, true));
    }

    @Test
    void anInlineDocumentIsTakenAsItIs() {
        // given
        var service = BrrServiceYaml.withSpec("""
                openapi:
                  inline: |
                    openapi: 3.1.0
                    info: {title: Orders}
                """);
        // when
        var resolution = source(null).resolve(service);
        // then
        assertThat(resolution).isEqualTo(new Found("openapi: 3.1.0\ninfo: {title: Orders}\n", false));
    }

    @Test
    void noConfigMapIsAskedForWhereNoneIsNamed() {
        // given
        var service = BrrServiceYaml.withSpec("openapi: {inline: 'openapi: 3.1.0'}");
        // when
        source(null).resolve(service);
        // then
        assertThat(asked).isEmpty();
    }

    @Test
    void aDocumentComesFromTheNamedKeyOfTheNamedConfigMapInTheServicesNamespace() {
        // given
        var configMap = configMap(Map.of("openapi.yaml", "openapi: 3.1.0", "other.yaml", "openapi: 3.1.1"));
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution).isEqualTo(new Found("openapi: 3.1.0", false));
        assertThat(asked).containsExactly("shop/orders-openapi");
    }

    @Test
    void aMissingConfigMapIsNamedWithFieldAndNamespace() {
        // given
        ConfigMap none = null;
        // when
        var resolution = source(none).resolve(NAMING);
        // then
        assertThat(resolution)
                .isEqualTo(new Missing(
                        "spec.openapi.configMapKeyRef: there is no ConfigMap orders-openapi in namespace shop"));
    }

    @Test
    void aMissingKeyIsNamedWithTheKeysThatAreThere() {
        // given
        var configMap = configMap(Map.of("a.json", "{}", "b.json", "{}"));
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution)
                .isEqualTo(new Missing("spec.openapi.configMapKeyRef: ConfigMap orders-openapi has no key openapi.yaml;"
                        + " it has a.json, b.json"));
    }

    @Test
    void theContentOfOtherKeysIsNotTold() {
        // given
        var configMap = configMap(Map.of("notes.txt", "none of your business"));
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution.toString()).doesNotContain("business");
    }

    @Test
    void anEmptyConfigMapHasNoKeysToName() {
        // given
        var configMap = configMap(Map.of());
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution)
                .isEqualTo(
                        new Missing("spec.openapi.configMapKeyRef: ConfigMap orders-openapi has no key openapi.yaml"));
    }

    @Test
    void aConfigMapWithoutDataHasNoKeysToName() {
        // given
        var configMap = configMap(Map.of());
        configMap.setData(null);
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution)
                .isEqualTo(
                        new Missing("spec.openapi.configMapKeyRef: ConfigMap orders-openapi has no key openapi.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void anEmptyTextIsNoDocument(String text) {
        // given
        var configMap = configMap(Map.of("openapi.yaml", text));
        // when
        var resolution = source(configMap).resolve(NAMING);
        // then
        assertThat(resolution).isInstanceOf(Missing.class);
    }

    @Test
    void theReferenceIsWhatTheSpecNames() {
        // given
        // when
        var reference = DocumentSource.reference(NAMING);
        // then
        assertThat(reference).contains(new KeyRef("orders-openapi", "openapi.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "openapi: {}", "openapi: {inline: 'openapi: 3.1.0'}"})
    void thereIsNoReferenceWhereTheSpecNamesNone(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var reference = DocumentSource.reference(service);
        // then
        assertThat(reference).isEmpty();
    }

    private DocumentSource source(@Nullable ConfigMap configMap) {
        return new DocumentSource(BUNDLED, (namespace, name) -> {
            asked.add(namespace + "/" + name);
            return Optional.ofNullable(configMap);
        });
    }

    private static ConfigMap configMap(Map<String, String> data) {
        return new ConfigMapBuilder().withData(new TreeMap<>(data)).build();
    }
}
