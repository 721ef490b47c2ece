package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.build.RefusedBaseException;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.openapi.DocumentProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that lead to no image: documents and Secrets that are missing or wrong, builds that fail. */
class WantedImagesRefusedTest extends WantedImagesFixture {

    @Test
    void morePlatformsThanOneAreRefusedBeforeAnythingIsBuilt() {
        // given
        var service = BrrServiceYaml.withSpec("image: {platforms: [linux/arm64, linux/amd64]}");
        // when
        var wanted = ask(service);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(
                        ConditionType.ImageBuilt,
                        Reason.PlatformUnsupported,
                        "an image is built for one platform; leave one in spec.image.platforms"));
        assertThat(builder.requests()).isEmpty();
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
    void aBaseImageWithAnAllocatorOfItsOwnIsAReasonOfItsOwn() {
        // given
        builder.fails(new RefusedBaseException("the base image base:1 preloads libtcmalloc.so.4"));
        // when
        var wanted = askUntilDone(BrrServiceYaml.withSpec("image: {base: 'base:1'}"));
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.fails(
                        ConditionType.ImageBuilt,
                        Reason.BaseImageRefused,
                        "the base image base:1 preloads libtcmalloc.so.4"));
        assertThat(wanted.retryAt()).contains(Instant.parse("2026-01-01T00:10:00Z"));
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
        assertThat(wanted.retryAt()).contains(Instant.parse("2026-01-01T00:00:30Z"));
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
}
