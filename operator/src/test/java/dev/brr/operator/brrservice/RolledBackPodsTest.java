package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.KeyRef;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.api.v1alpha1.SecurityScheme;
import dev.brr.api.v1alpha1.SecuritySpec;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rollback brings back, what it leaves as it is, and what ends it. */
class RolledBackPodsTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "04-when-it-fails.md");

    @Test
    void imageTuningAndSchemesAreThoseOfBeforeAndAllElseIsAsTheSpecSaysNow() {
        // given: in the same change somebody closed the service to pages of others
        var service = BrrServiceYaml.withSpec("""
                http: {cors: {origins: ['https://app.example']}, rateLimit: {requests: 5, seconds: 60}}
                validation: {responses: false}
                """);
        var wanted = RolloutPlanTest.BAD;
        var lastGood = new LastGood(
                RolloutPlanTest.GOOD.image(),
                "sha256:1",
                RolloutPlanTest.GOOD.mallocConf(),
                new SecuritySpec(List.of(new SecurityScheme("Old", new KeyRef("keys", "old"), null))));
        // when
        var plan = RolloutPlan.decide(
                Optional.of(wanted), RolloutPlanTest.observed(wanted, Optional.empty(), true), lastGood, true);
        var container = ServicePods.template(service, plan.target().orElseThrow(), ScrapeMode.PodMonitor)
                .getSpec()
                .getContainers()
                .getFirst();
        // then
        assertThat(plan).isInstanceOf(RollBack.class);
        assertThat(container.getImage()).isEqualTo(RolloutPlanTest.GOOD.image());
        assertThat(container.getEnv())
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .contains(
                        "MALLOC_CONF=" + RolloutPlanTest.GOOD.mallocConf(),
                        "BRR_CREDENTIAL__Old=null",
                        "BRR_CORS_ORIGINS=https://app.example",
                        "BRR_RATE_LIMIT=5/60",
                        "BRR_RESPONSE_VALIDATION=off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: {pushSecretRef: {name: other}}",
                "resources: {limits: {memory: 1Gi}}",
                "memory: {javaHeapPercent: 20}",
                "http: {maxConnections: 100}",
                "validation: {formats: false}",
                "observability: {accessLog: true}",
                "rollout: {progressDeadlineSeconds: 600}"
            })
    void whatMayLetPodsStartIsWorthAnotherTryAndTheGuideSaysSo(String changed) throws IOException {
        // given
        var before = BrrServiceYaml.withSpec("{}").getSpec();
        // when
        var after = BrrServiceYaml.withSpec(changed).getSpec();
        // then
        assertThat(ServicePods.settings(after)).isNotEqualTo(ServicePods.settings(before));
        assertThat(Files.readString(GUIDE).lines().dropWhile(line -> !line.equals("## RolledBack")))
                .anyMatch(line -> line.contains("`" + changed.substring(0, changed.indexOf(':')) + "`"));
    }
}
