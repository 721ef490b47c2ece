package dev.brr.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {

    @Test
    void twoVariablesAreEnough() {
        // given
        var environment = Map.of("BRR_REGISTRY", "registry.example:5000", "BRR_BASE_IMAGE", "eclipse-temurin:25-jre");
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config)
                .isEqualTo(new OperatorConfig(
                        "registry.example:5000",
                        false,
                        "eclipse-temurin:25-jre",
                        Path.of("/app/service"),
                        Path.of("/app/native"),
                        Path.of("/cache"),
                        Set.of(),
                        8080,
                        null,
                        "brr-operator"));
    }

    @Test
    void everyVariableIsRead() {
        // given
        var environment = Map.of(
                "BRR_REGISTRY", "registry.example:5000/services",
                "BRR_REGISTRY_INSECURE", "true",
                "BRR_BASE_IMAGE", "registry.example:5000/base:25",
                "BRR_SERVICE_DIR", "/srv/service",
                "BRR_NATIVE_DIR", "/srv/native",
                "BRR_CACHE_DIR", "/var/cache/brr",
                "BRR_WATCH_NAMESPACES", "shop,stage",
                "BRR_MANAGEMENT_PORT", "9999",
                "DOCKER_CONFIG", "/etc/registry",
                "HOSTNAME", "brr-operator-7d4b9c-x2x4z");
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config)
                .isEqualTo(new OperatorConfig(
                        "registry.example:5000/services",
                        true,
                        "registry.example:5000/base:25",
                        Path.of("/srv/service"),
                        Path.of("/srv/native"),
                        Path.of("/var/cache/brr"),
                        Set.of("shop", "stage"),
                        9999,
                        Path.of("/etc/registry"),
                        "brr-operator-7d4b9c-x2x4z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRR_REGISTRY", "BRR_BASE_IMAGE"})
    void aMissingVariableNamesItselfAndSaysWhatItIsFor(String variable) {
        // given
        var environment = with(Map.of());
        environment.remove(variable);
        // when
        // then
        assertThatThrownBy(() -> OperatorConfig.from(environment))
                .isInstanceOf(OperatorConfigException.class)
                .hasMessageStartingWith(variable + " is not set; it has to name ");
    }

    @ParameterizedTest
    @CsvSource({
        "BRR_REGISTRY,          '',       is not set",
        "BRR_REGISTRY,          '  ',     is not set",
        "BRR_BASE_IMAGE,        '',       is not set",
        "BRR_BASE_IMAGE,        '\t',     is not set",
        "BRR_REGISTRY_INSECURE, yes,      'has to be true or false, not ''yes'''",
        "BRR_REGISTRY_INSECURE, 1,        'has to be true or false, not ''1'''",
        "BRR_REGISTRY_INSECURE, tru,      'has to be true or false, not ''tru'''",
        "BRR_MANAGEMENT_PORT,   http,     'has to be a port number, not ''http'''",
        "BRR_MANAGEMENT_PORT,   80.5,     'has to be a port number, not ''80.5'''",
        "BRR_MANAGEMENT_PORT,   99999999999, 'has to be a port number, not ''99999999999'''",
        "BRR_MANAGEMENT_PORT,   65536,    'has to be between 0 and 65535, not 65536'",
        "BRR_MANAGEMENT_PORT,   -1,       'has to be between 0 and 65535, not -1'",
    })
    void aWrongVariableNamesItselfAndItsValue(String variable, String value, String problem) {
        // given
        var environment = with(Map.of(variable, value));
        // when
        // then
        assertThatThrownBy(() -> OperatorConfig.from(environment))
                .isInstanceOf(OperatorConfigException.class)
                .hasMessageStartingWith(variable + " " + problem);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "' true ',true", "false,false", "False,false", "'',false", "'  ',false"})
    void aSwitchIsTrueOrFalseInAnyCase(String value, boolean expected) {
        // given
        var environment = with(Map.of("BRR_REGISTRY_INSECURE", value));
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config.registryInsecure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "65535,65535", "' 8081 ',8081", "'',8080", "'  ',8080"})
    void aPortIsAnyThatExistsAndAnEmptyOneTheDefault(String value, int expected) {
        // given
        var environment = with(Map.of("BRR_MANAGEMENT_PORT", value));
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config.managementPort()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example,            registry.example",
        "registry.example/,           registry.example",
        "registry.example:5000/,      registry.example:5000",
        "registry.example/team/a/,    registry.example/team/a",
        "' registry.example ',        registry.example",
    })
    void theRegistryHasNoSlashAtItsEnd(String value, String expected) {
        // given
        var environment = with(Map.of("BRR_REGISTRY", value));
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config.registry()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',             ''",
        "' ',            ''",
        "',,',           ''",
        "shop,           shop",
        "'shop,stage',   'shop stage'",
        "' shop , stage,', 'shop stage'",
        "'shop,shop',    shop",
    })
    void namespacesAreAListWithSpacesAndGapsAllowed(String value, String expected) {
        // given
        var environment = with(Map.of("BRR_WATCH_NAMESPACES", value));
        // when
        var namespaces = OperatorConfig.from(environment).watchNamespaces();
        // then
        assertThat(namespaces).isEqualTo(expected.isEmpty() ? Set.of() : Set.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyDockerConfigIsNone(String value) {
        // given
        var environment = with(Map.of("DOCKER_CONFIG", value));
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config.dockerConfig()).isNull();
    }

    @Test
    void otherVariablesAreNotLookedAt() {
        // given
        var environment = with(Map.of("BRR_UNKNOWN", "x", "PATH", "/bin"));
        // when
        var config = OperatorConfig.from(environment);
        // then
        assertThat(config).isEqualTo(OperatorConfig.from(with(Map.of())));
    }

    private static Map<String, String> with(Map<String, String> more) {
        var environment = new HashMap<>(
                Map.of("BRR_REGISTRY", "registry.example:5000", "BRR_BASE_IMAGE", "eclipse-temurin:25-jre"));
        environment.putAll(more);
        return environment;
    }
}
