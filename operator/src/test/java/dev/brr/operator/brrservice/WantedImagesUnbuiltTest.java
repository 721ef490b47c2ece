package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs whose image is there already: prebuilt, running, or built for the spec of before. */
class WantedImagesUnbuiltTest extends WantedImagesFixture {

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
        var wanted = images.of(service, first.target(), Set.of(), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding())
                .isEqualTo(Finding.holds(ConditionType.ImageBuilt, Reason.Built, "the image of this revision runs"));
        assertThat(wanted.target()).isEqualTo(first.target());
        assertThat(wanted.image()).isEqualTo(first.image());
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void anImageThatRunsNeedsNoPushSecretAnyMore() {
        // given
        secrets.put("shop/push", "{\"auths\": {\"ghcr.io\": {\"auth\": \"cm9ib3Q6aHVudGVyMg==\"}}}");
        var service = pushing();
        var first = askUntilDone(service);
        restartOperator(service, first);
        secrets.clear();
        // when
        var wanted = images.of(service, first.target(), Set.of(), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Built);
        assertThat(wanted.target()).isEqualTo(first.target());
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
        images.of(service, what.equals("nothing runs") ? Optional.empty() : runs, Set.of(), woken::incrementAndGet);
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
        var wanted = images.of(after, first.target(), Set.of(), woken::incrementAndGet);
        // then
        assertThat(wanted.target()).map(Target::mallocConf).get().asString().contains("narenas:7");
        assertThat(builder.requests()).hasSize(1);
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
}
