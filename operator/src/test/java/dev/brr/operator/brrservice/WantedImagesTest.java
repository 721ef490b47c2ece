package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.operator.build.BuildRequest;
import dev.brr.operator.build.RegistryCredentials;
import dev.brr.operator.build.SteeredBuilder;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedImagesTest extends WantedImagesFixture {

    @Test
    void aServiceThatSaysNothingIsThePetStoreInTheOperatorsRepository() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var request = request(service);
        // then
        assertThat(request)
                .isEqualTo(new BuildRequest(
                        "eclipse-temurin:25-jre",
                        REPOSITORY,
                        "the pet store",
                        true,
                        List.of(ownArchitecture()),
                        "runtime-hash",
                        null));
    }

    @Test
    void aServiceWithADocumentOfItsOwnGetsNoHandlers() {
        // given
        var service = BrrServiceYaml.withSpec("openapi: {inline: 'openapi: 3.1.0'}");
        // when
        var request = request(service);
        // then
        assertThat(request.document()).isEqualTo("openapi: 3.1.0");
        assertThat(request.petStore()).isFalse();
    }

    @Test
    void aDocumentFromAConfigMapIsBuilt() {
        // given
        configMaps.put("shop/orders-openapi", Map.of("openapi.yaml", "openapi: 3.1.0"));
        var service = fromConfigMap();
        // when
        var request = request(service);
        // then
        assertThat(request.document()).isEqualTo("openapi: 3.1.0");
    }

    @Test
    void everyServiceHasARepositoryOfItsOwn() {
        // given
        var service = BrrServiceYaml.named("stage", "orders");
        // when
        var request = request(service);
        // then
        assertThat(request.repository()).isEqualTo("registry.example:5000/services/stage/orders");
    }

    @Test
    void theSpecsBaseRepositoryAndCredentialsAreUsed() {
        // given
        secrets.put("shop/push", "{\"auths\": {\"ghcr.io\": {\"username\": \"robot\", \"password\": \"hunter2\"}}}");
        var service = BrrServiceYaml.withSpec("""
                image:
                  base: registry.example/base:25
                  repository: ghcr.io/team/petstore
                  pushSecretRef: {name: push}
                """);
        // when
        var request = request(service);
        // then
        assertThat(request.base()).isEqualTo("registry.example/base:25");
        assertThat(request.repository()).isEqualTo("ghcr.io/team/petstore");
        assertThat(request.credentials()).contains(new RegistryCredentials("robot", "hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "'[linux/arm64]',              arm64",
        "'[linux/amd64]',              amd64",
    })
    void aPlatformBecomesAnArchitecture(String platforms, String architecture) {
        // given
        var service = BrrServiceYaml.withSpec("image: {platforms: %s}".formatted(platforms));
        // when
        var request = request(service);
        // then
        assertThat(request.architectures()).containsExactly(architecture);
    }

    @Test
    void whileTheImageIsBuiltThereIsNoTarget() {
        // given
        builder.holdsBack();
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.pends(ConditionType.ImageBuilt, Reason.Building, "the image is being built"));
        assertThat(wanted.image()).isEmpty();
        assertThat(wanted.target()).isEmpty();
        assertThat(wanted.retryAt()).isEmpty();
    }

    @Test
    void aBuiltImageIsTheTargetWithItsTuning() {
        // given
        var service = BrrServiceYaml.withSpec("malloc: {options: {narenas: '3'}}");
        // when
        var wanted = askUntilDone(service);
        // then
        var request = builder.requests().getFirst();
        var revision = request.revision(SteeredBuilder.DIGEST, SteeredBuilder.AOT);
        assertThat(wanted.imageFinding())
                .isEqualTo(
                        Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built and pushed revision " + revision));
        assertThat(wanted.image()).contains(new ImageStatus(REPOSITORY, SteeredBuilder.DIGEST, revision, "Included"));
        assertThat(wanted.target()).isPresent().get().satisfies(target -> {
            assertThat(target.image()).isEqualTo(REPOSITORY + "@" + SteeredBuilder.DIGEST);
            assertThat(target.mallocConf()).contains("narenas:3");
            assertThat(target.buildInputs()).isEqualTo(request.inputs());
        });
    }

    @Test
    void anAdoptedImageIsSaidToBeAdopted() {
        // given
        builder.adopts();
        // when
        var wanted = askUntilDone(BrrServiceYaml.withSpec("{}"));
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Adopted);
        assertThat(wanted.imageFinding().message()).startsWith("the registry held revision ");
        assertThat(wanted.image()).isPresent();
    }

    @Test
    void aChangedDocumentIsAnotherBuild() {
        // given
        askUntilDone(BrrServiceYaml.withSpec("openapi: {inline: 'openapi: 3.1.0'}"));
        // when
        ask(BrrServiceYaml.withSpec("openapi: {inline: 'openapi: 3.1.1'}"));
        // then
        await().until(() -> builder.requests().size() == 2);
        assertThat(builder.requests())
                .extracting(BuildRequest::document)
                .containsExactly("openapi: 3.1.0", "openapi: 3.1.1");
    }
}
