package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.brrservice.PushSecrets.Answer;
import dev.brr.operator.brrservice.PushSecrets.Answer.Unusable;
import dev.brr.operator.brrservice.PushSecrets.Answer.Usable;
import dev.brr.operator.build.RegistryCredentials;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushSecretsTest {

    private static final String REPOSITORY = "registry.example:5000/team/petstore";
    private static final RegistryCredentials ROBOT = new RegistryCredentials("robot", "hunter2");
    private static final BrrService NAMING =
            BrrServiceYaml.withSpec("image: {repository: %s, pushSecretRef: {name: push}}".formatted(REPOSITORY));

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "image: {}", "image: {base: eclipse-temurin:25-jre}"})
    void withoutAReferenceTheOperatorsOwnCredentialsPush(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var answer = secrets(Optional.empty()).credentials(service, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Usable(null));
        assertThat(asked).isEmpty();
    }

    @Test
    void aServiceWithoutSpecPushesAsTheOperator() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var answer = secrets(Optional.empty()).credentials(service, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Usable(null));
    }

    @Test
    void theSecretIsLookedUpInTheServicesNamespace() {
        // given
        var secrets = secrets(Optional.of(dockerConfig("{}")));
        // when
        secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(asked).containsExactly("shop/push");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auths': {'registry.example:5000': {'username': 'robot', 'password': 'hunter2'}}}",
                "{'auths': {'https://registry.example:5000': {'username': 'robot', 'password': 'hunter2'}}}",
                "{'auths': {'registry.example:5000': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}",
                "{'auths': {'https://registry.example:5000': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}",
                "{'auths': {'registry.example:5000': {'username': 'robot', 'password': 'hunter2', 'auth': '!'}}}",
                "{'auths': {'other.example': {'auth': 'eDp5'}, 'registry.example:5000': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}",
            })
    void theCredentialsOfTheRepositorysHostAreRead(String config) {
        // given
        var secrets = secrets(Optional.of(dockerConfig(config)));
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Usable(ROBOT));
    }

    @Test
    void aPasswordMayContainColons() {
        // given
        var config = "{'auths': {'registry.example:5000': {'auth': '%s'}}}".formatted(base64("robot:hun:ter:2"));
        // when
        var answer = secrets(Optional.of(dockerConfig(config))).credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Usable(new RegistryCredentials("robot", "hun:ter:2")));
    }

    @Test
    void aSecretServesTheOperatorsOwnRepositoryToo() {
        // given
        var service = BrrServiceYaml.withSpec("image: {pushSecretRef: {name: push}}");
        var config = "{'auths': {'registry.example:5000': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}";
        // when
        var answer = secrets(Optional.of(dockerConfig(config)))
                .credentials(service, "registry.example:5000/services/shop/petstore");
        // then
        assertThat(answer).isEqualTo(new Usable(ROBOT));
    }

    @Test
    void aMissingSecretIsNamedWithItsNamespace() {
        // given
        var secrets = secrets(Optional.empty());
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Unusable("there is no Secret push in namespace shop"));
    }

    @Test
    void aSecretThatMayNotBeReadNamesTheChartsValue() {
        // given
        var secrets = new PushSecrets((namespace, name) -> {
            throw new KubernetesClientException("secrets \"push\" is forbidden", 403, null);
        });
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer)
                .isEqualTo(new Unusable("the operator may not read Secret push in namespace shop;"
                        + " add the namespace to the chart's rbac.pushSecretNamespaces"));
    }

    @Test
    void aSecretThatCannotBeReadTellsTheApiServersAnswer() {
        // given
        var secrets = new PushSecrets((namespace, name) -> {
            throw new KubernetesClientException("etcdserver: request timed out", 500, null);
        });
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer)
                .isEqualTo(new Unusable("Secret push in namespace shop cannot be read: etcdserver: request timed out"));
    }

    @Test
    void aSecretOfAnotherTypeSaysHowToMakeOne() {
        // given
        var secret = new SecretBuilder()
                .withData(Map.of("password", base64("hunter2")))
                .build();
        // when
        var answer = secrets(Optional.of(secret)).credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer)
                .isEqualTo(new Unusable("Secret push has no key .dockerconfigjson;"
                        + " make it with kubectl create secret docker-registry"));
    }

    @Test
    void aSecretWithoutDataSaysHowToMakeOne() {
        // given
        var secret = new SecretBuilder().build();
        secret.setData(null);
        // when
        var answer = secrets(Optional.of(secret)).credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable ->
                                assertThat(unusable.message()).startsWith("Secret push has no key .dockerconfigjson;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'auths': {}}",
                "{'auths': null}",
                "{'auths': []}",
                "{'auths': {'other.example': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}",
                "{'auths': {'registry.example': {'auth': 'cm9ib3Q6aHVudGVyMg=='}}}",
                "{'auths': {'registry.example:5000': {}}}",
                "{'auths': {'registry.example:5000': {'username': 'robot'}}}",
                "{'auths': {'registry.example:5000': {'username': 'robot', 'password': 12}}}",
                "{'auths': {'registry.example:5000': {'auth': ''}}}",
                "{'auths': {'registry.example:5000': {'auth': 'aHVudGVyMg=='}}}",
                "{'auths': {'registry.example:5000': 'cm9ib3Q6aHVudGVyMg=='}}",
            })
    void aConfigurationWithoutTheHostNamesTheHost(String config) {
        // given
        var secrets = secrets(Optional.of(dockerConfig(config)));
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Unusable("Secret push has no credentials for registry.example:5000"));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/team/petstore,        https://index.docker.io/v1/",
        "docker.io/team/petstore,        index.docker.io",
        "docker.io/team/petstore,        docker.io",
        "ghcr.io/team/petstore,          https://ghcr.io",
        "ghcr.io/team/petstore,          https://ghcr.io/",
        "ghcr.io/team/petstore,          https://ghcr.io/v2/",
        "ghcr.io/team/petstore,          http://ghcr.io/v1",
        "ghcr.io/team/petstore,          ghcr.io/team",
        "ghcr.io/team/petstore,          ghcr.io/team/petstore",
        "localhost:5000/petstore,        localhost:5000",
    })
    void theRegistryIsNamedAsToolsWriteIt(String repository, String key) {
        // given
        var config = dockerConfig("{'auths': {'%s': {'username': 'robot', 'password': 'hunter2'}}}".formatted(key));
        // when
        var answer = secrets(Optional.of(config)).credentials(NAMING, repository);
        // then
        assertThat(answer).isEqualTo(new Usable(new RegistryCredentials("robot", "hunter2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/teams", "ghcr.io/team/petstore/more", "hcr.io", "ghcr.io:443", "io", ""})
    void anotherPlaceIsNotTakenForIt(String key) {
        // given
        var config = dockerConfig("{'auths': {'%s': {'username': 'robot', 'password': 'hunter2'}}}".formatted(key));
        // when
        var answer = secrets(Optional.of(config)).credentials(NAMING, "ghcr.io/team/petstore");
        // then
        assertThat(answer).isEqualTo(new Unusable("Secret push has no credentials for ghcr.io"));
    }

    @Test
    void theEntryForAPathGoesBeforeThatForTheHost() {
        // given
        var config = dockerConfig("{'auths': {'ghcr.io': {'username': 'all', 'password': 'x'},"
                + " 'https://ghcr.io/team': {'username': 'team', 'password': 'y'}}}");
        // when
        var answer = secrets(Optional.of(config)).credentials(NAMING, "ghcr.io/team/petstore");
        // then
        assertThat(answer).isEqualTo(new Usable(new RegistryCredentials("team", "y")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{",
                "{'auths': {'registry.example:5000': {'auth': 'hunter2!'}}}",
                "{'auths': {'registry.example:5000': {'username': 'robot', 'password': 'hunter2'",
            })
    void aBrokenConfigurationIsSaidToBeNone(String config) {
        // given
        var secrets = secrets(Optional.of(dockerConfig(config)));
        // when
        var answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Unusable("Secret push, key .dockerconfigjson, is no docker configuration"));
    }

    @Test
    void dataThatIsNotBase64IsSaidToBeNoConfiguration() {
        // given
        var secret = new SecretBuilder()
                .withData(Map.of(".dockerconfigjson", "hunter2!"))
                .build();
        // when
        var answer = secrets(Optional.of(secret)).credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer).isEqualTo(new Unusable("Secret push, key .dockerconfigjson, is no docker configuration"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{'hunter2': ",
                "{'auths': {'registry.example:5000': {'auth': 'hunter2!'}}}",
                "{'auths': {'registry.example:5000': {'auth': 'aHVudGVyMg=='}}}",
                "{'auths': {'other.example': {'username': 'robot', 'password': 'hunter2'}}}",
                "{'auths': {'registry.example:5000': {'username': 'robot', 'password': 'hunter2'}}}",
            })
    void noAnswerShowsAnyPartOfACredential(String config) {
        // given
        var secrets = secrets(Optional.of(dockerConfig(config)));
        // when
        Answer answer = secrets.credentials(NAMING, REPOSITORY);
        // then
        assertThat(answer.toString()).doesNotContain("hunter2", "aHVudGVyMg", "robot");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/petstore,        registry.example",
        "registry.example:5000/a/b/c,      registry.example:5000",
        "ghcr.io/team/petstore,            ghcr.io",
    })
    void theHostIsWhatComesBeforeTheFirstSlash(String repository, String host) {
        // given
        var secrets = secrets(Optional.of(dockerConfig("{}")));
        // when
        var answer = secrets.credentials(NAMING, repository);
        // then
        assertThat(answer).isEqualTo(new Unusable("Secret push has no credentials for " + host));
    }

    private PushSecrets secrets(Optional<Secret> secret) {
        return new PushSecrets((namespace, name) -> {
            asked.add(namespace + "/" + name);
            return secret;
        });
    }

    private static Secret dockerConfig(String json) {
        return new SecretBuilder()
                .withData(Map.of(".dockerconfigjson", base64(json.replace('\'', '"'))))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
