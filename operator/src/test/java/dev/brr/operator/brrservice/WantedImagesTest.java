package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.operator.build.BuildQueue;
import dev.brr.operator.build.BuildRequest;
import dev.brr.operator.build.RegistryCredentials;
import dev.brr.operator.build.ServiceFiles;
import dev.brr.operator.build.SteeredBuilder;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.openapi.DocumentProblem;
import dev.brr.operator.openapi.DocumentSource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedImagesTest {

    private static final OperatorConfig CONFIG = new OperatorConfig(
            "registry.example:5000/services",
            false,
            "eclipse-temurin:25-jre",
            Path.of("/app/service"),
            Path.of("/app/native"),
            Path.of("/cache"),
            Set.of(),
            8080,
            null,
            "brr-operator");
    private static final ServiceFiles FILES = new ServiceFiles(
            List.of(), List.of(), Path.of("jvm.options"), "the pet store", Path.of("/app/native"), "runtime-hash");
    private static final String REPOSITORY = "registry.example:5000/services/shop/petstore";
    private static final String PREBUILT = "registry.example/ready/made@sha256:" + "f".repeat(64);

    private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    private final SteeredBuilder builder = new SteeredBuilder();
    private final Map<String, List<DocumentProblem>> problems = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> configMaps = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final AtomicInteger woken = new AtomicInteger();
    private final BuildQueue queue =
            new BuildQueue(builder, document -> problems.getOrDefault(document, List.of()), clock, 1, 10);
    private final WantedImages images = new WantedImages(
            CONFIG,
            FILES,
            new DocumentSource(
                    "the pet store",
                    (namespace, name) -> Optional.ofNullable(configMaps.get(namespace + "/" + name))
                            .map(data -> new ConfigMapBuilder().withData(data).build())),
            new PushSecrets((namespace, name) -> Optional.ofNullable(secrets.get(namespace + "/" + name))
                    .map(config -> new SecretBuilder()
                            .withData(Map.of(".dockerconfigjson", base64(config)))
                            .build())),
            queue);

    @AfterEach
    void stop() {
        queue.close();
    }

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
        "'[linux/arm64, linux/amd64]', amd64 arm64",
    })
    void platformsBecomeArchitectures(String platforms, String architectures) {
        // given
        var service = BrrServiceYaml.withSpec("image: {platforms: %s}".formatted(platforms));
        // when
        var request = request(service);
        // then
        assertThat(request.architectures()).containsExactly(architectures.split(" "));
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
        var revision = request.revision(SteeredBuilder.DIGEST);
        assertThat(wanted.imageFinding())
                .isEqualTo(
                        Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built and pushed revision " + revision));
        assertThat(wanted.image()).contains(new ImageStatus(REPOSITORY, SteeredBuilder.DIGEST, revision));
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
    void aFailedBuildSaysWhyAndWhenItIsTriedAgain() {
        // given
        builder.fails(new IOException("the registry registry.example:5000 cannot be reached"));
        // when
        var wanted = askUntilDone(BrrServiceYaml.withSpec("{}"));
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(
                        ConditionType.ImageBuilt,
                        Reason.BuildFailed,
                        "the registry registry.example:5000 cannot be reached"
                                + " (attempt 1, again at 2026-01-01T00:00:10Z)"));
        assertThat(wanted.retryAt()).contains(Instant.parse("2026-01-01T00:00:10Z"));
        assertThat(wanted.target()).isEmpty();
    }

    @Test
    void aFailedBuildIsTriedAgainWhenItIsDue() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        builder.fails(new IOException("no space left"));
        askUntilDone(service);
        builder.succeeds();
        clock.pass(Duration.ofSeconds(10));
        // when
        var wanted = askUntilDone(service);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
    }

    @Test
    void anInvalidInlineDocumentNamesTheFieldAndEveryLine() {
        // given
        problems.put(
                "openapi: 3.1.0",
                List.of(
                        new DocumentProblem(3, "/paths/~1pets", "has no operation"),
                        new DocumentProblem(0, "", "has no info")));
        // when
        var wanted = askUntilDone(BrrServiceYaml.withSpec("openapi: {inline: 'openapi: 3.1.0'}"));
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(
                        ConditionType.ImageBuilt,
                        Reason.DocumentInvalid,
                        "spec.openapi.inline: line 3 /paths/~1pets: has no operation; has no info"));
        assertThat(wanted.target()).isEmpty();
        assertThat(builder.requests()).isEmpty();
    }

    @Test
    void anInvalidDocumentOfAConfigMapNamesItAndItsKey() {
        // given
        configMaps.put("shop/orders-openapi", Map.of("openapi.yaml", "openapi: 3.1.0"));
        problems.put("openapi: 3.1.0", List.of(new DocumentProblem(7, "", "is wrong")));
        // when
        var wanted = askUntilDone(fromConfigMap());
        // then
        assertThat(wanted.imageFinding().message())
                .isEqualTo("ConfigMap orders-openapi, key openapi.yaml: line 7: is wrong");
    }

    @Test
    void aMissingDocumentIsNamedAndNothingIsBuilt() {
        // given
        var service = fromConfigMap();
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(
                        ConditionType.ImageBuilt,
                        Reason.DocumentNotFound,
                        "spec.openapi.configMapKeyRef: there is no ConfigMap orders-openapi in namespace shop"));
        assertThat(wanted.target()).isEmpty();
        assertThat(builder.requests()).isEmpty();
    }

    @Test
    void aDocumentThatAppearsIsBuilt() {
        // given
        var service = fromConfigMap();
        ask(service);
        // when
        configMaps.put("shop/orders-openapi", Map.of("openapi.yaml", "openapi: 3.1.0"));
        var wanted = askUntilDone(service);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                                       | there is no Secret push in namespace shop",
                "{\"auths\": {}}                                            | Secret push has no credentials for ghcr.io",
                "hunter2                                                    | Secret push, key .dockerconfigjson, is no docker configuration",
                "{\"auths\": {\"ghcr.io\": {\"auth\": \"aHVudGVyMg==\"}}}   | Secret push has no credentials for ghcr.io",
            })
    void anUnusablePushSecretIsSaidToBeAndNothingIsBuilt(@Nullable String config, String message) {
        // given
        Optional.ofNullable(config).ifPresent(some -> secrets.put("shop/push", some));
        // when
        var wanted = ask(pushing());
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(ConditionType.ImageBuilt, Reason.PushSecretUnusable, message));
        assertThat(wanted.target()).isEmpty();
        assertThat(builder.requests()).isEmpty();
    }

    @Test
    void credentialsShowInNothingThatIsWanted() {
        // given
        secrets.put("shop/push", "{\"auths\": {\"ghcr.io\": {\"username\": \"robot\", \"password\": \"hunter2\"}}}");
        // when
        var wanted = askUntilDone(pushing());
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
        assertThat(wanted.toString()).doesNotContain("robot", "hunter2");
    }

    @Test
    void aPrebuiltImageIsTakenAsItIsAndNothingIsBuilt() {
        // given
        var service = BrrServiceYaml.withSpec("image: {prebuilt: '%s'}".formatted(PREBUILT));
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.holds(
                        ConditionType.ImageBuilt, Reason.Prebuilt, "spec.image.prebuilt names the image"));
        assertThat(wanted.image())
                .contains(new ImageStatus("registry.example/ready/made", "sha256:" + "f".repeat(64), null));
        assertThat(wanted.target()).map(Target::image).contains(PREBUILT);
        assertThat(builder.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/ready/made,          registry.example/ready/made",
        "registry.example/ready/made:1.4,      registry.example/ready/made",
        "registry.example:5000/ready/made,     registry.example:5000/ready/made",
        "registry.example:5000/ready/made:1.4, registry.example:5000/ready/made",
        "localhost:5000/made,                  localhost:5000/made",
        "made:1.4,                             made",
        "made,                                 made",
    })
    void aPrebuiltImagesRepositoryIsWithoutItsTag(String reference, String repository) {
        // given
        var digest = "sha256:" + "f".repeat(64);
        var service = BrrServiceYaml.withSpec("image: {prebuilt: '%s@%s'}".formatted(reference, digest));
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.image()).contains(new ImageStatus(repository, digest, null));
        assertThat(wanted.target()).map(Target::image).contains(repository + "@" + digest);
    }

    @Test
    void aPrebuiltImageNeedsNoDocument() {
        // given
        var service = BrrServiceYaml.withSpec("""
                openapi: {configMapKeyRef: {name: missing, key: openapi.yaml}}
                image: {prebuilt: '%s'}
                """.formatted(PREBUILT));
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Prebuilt);
    }

    @Test
    void anImageThatRunsIsNotAskedForAgain() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        var first = askUntilDone(service);
        restartOperator(service, first);
        // when
        var wanted = images.of(service, first.target(), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.holds(ConditionType.ImageBuilt, Reason.Built, "the image of this revision runs"));
        assertThat(wanted.target()).isEqualTo(first.target());
        assertThat(wanted.image()).isEqualTo(first.image());
        assertThat(builder.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other inputs", "other image", "no status", "nothing runs"})
    void anImageIsAskedForUnlessAllAgreesThatItRuns(String what) {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        var first = askUntilDone(service);
        restartOperator(service, first);
        var target = first.target().orElseThrow();
        var runs = Optional.of(
                switch (what) {
                    case "other inputs" -> new Target(target.image(), target.mallocConf(), "");
                    case "other image" -> new Target("x@sha256:9", target.mallocConf(), target.buildInputs());
                    default -> target;
                });
        if (what.equals("no status")) {
            service.setStatus(null);
        }
        // when
        images.of(service, what.equals("nothing runs") ? Optional.empty() : runs, woken::incrementAndGet);
        // then
        await().until(() -> builder.requests().size() == 2);
    }

    @Test
    void aChangedTuningOfAnImageThatRunsBuildsNothing() {
        // given
        var before = BrrServiceYaml.withSpec("{}");
        var first = askUntilDone(before);
        var after = BrrServiceYaml.withSpec("malloc: {preset: LowRss, options: {narenas: '7'}}");
        restartOperator(after, first);
        // when
        var wanted = images.of(after, first.target(), woken::incrementAndGet);
        // then
        assertThat(wanted.target()).map(Target::mallocConf).get().asString().contains("narenas:7");
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void aRefusedTuningLeavesTheImageAndHasNoTarget() {
        // given
        var service = BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}");
        // when
        var wanted = askUntilDone(service);
        // then
        assertThat(wanted.image()).isPresent();
        assertThat(wanted.mallocConf()).isEmpty();
        assertThat(wanted.target()).isEmpty();
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

    @Test
    void whatDoesNotConcernTheImageBuildsNothing() {
        // given
        askUntilDone(BrrServiceYaml.withSpec("{}"));
        // when
        var wanted = ask(BrrServiceYaml.withSpec("""
                        replicas: 5
                        resources: {limits: {cpu: "2", memory: 1Gi}}
                        monitoring: {dashboard: false, alerts: false, scrape: Annotations}
                        rollout: {progressDeadlineSeconds: 30, rollback: false}
                        security: {schemes: [{name: ApiKeyHeader, secretKeyRef: {name: keys, key: apiKey}}]}
                        """));
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void whatIsKeptOfAServiceThatIsGoneIsDropped() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        askUntilDone(service);
        // when
        images.retain((namespace, name) -> !(namespace.equals("shop") && name.equals("petstore")));
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Building);
    }

    @Test
    void whatIsKeptOfAServiceThatIsThereStays() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        askUntilDone(service);
        // when
        images.retain((namespace, name) -> namespace.equals("shop") && name.equals("petstore"));
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
    }

    private Wanted ask(BrrService service) {
        return images.of(service, Optional.empty(), woken::incrementAndGet);
    }

    /** Asks, waits to be woken, and asks again, as the reconciler does. */
    private Wanted askUntilDone(BrrService service) {
        var before = woken.get();
        ask(service);
        await().until(() -> woken.get() == before + 1);
        return ask(service);
    }

    private BuildRequest request(BrrService service) {
        askUntilDone(service);
        return builder.requests().getFirst();
    }

    /** Leaves of an operator what it leaves: the status. */
    private void restartOperator(BrrService service, Wanted wanted) {
        images.retain((namespace, name) -> false);
        service.setStatus(new BrrServiceStatus(3L, null, wanted.image().orElseThrow(), null, null, 1, 1, null));
    }

    private static BrrService fromConfigMap() {
        return BrrServiceYaml.withSpec("openapi: {configMapKeyRef: {name: orders-openapi, key: openapi.yaml}}");
    }

    private static BrrService pushing() {
        return BrrServiceYaml.withSpec("image: {repository: ghcr.io/team/petstore, pushSecretRef: {name: push}}");
    }

    private static String ownArchitecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
