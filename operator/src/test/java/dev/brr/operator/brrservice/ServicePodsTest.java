package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is decided about pods; how they look as a whole is in the golden files of {@code DerivedResourcesTest}. */
class ServicePodsTest {

    private static final Target TARGET = SampleCluster.TARGET;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // limits: cpu, memory; requests given: cpu, memory; requests: cpu, memory
                "-,     -,     -,    -,     -,    -",
                "1,     512Mi, -,    -,     100m, 512Mi",
                "500m,  256Mi, -,    -,     50m,  256Mi",
                "1,     512Mi, 250m, -,     250m, 512Mi",
                "1,     512Mi, -,    128Mi, 100m, 128Mi",
                "1,     512Mi, 1,    512Mi, 1,    512Mi",
                "-,     512Mi, -,    -,     -,    512Mi",
                "1,     -,     -,    -,     100m, -",
                "-,     -,     250m, 128Mi, 250m, 128Mi",
                "16,    1Gi,   -,    -,     1600m, 1Gi",
                "15m,   64Mi,  -,    -,     1m,   64Mi",
                "1m,    64Mi,  -,    -,     1m,   64Mi",
                "0.05,  64Mi,  -,    -,     5m,   64Mi",
                "2.5,   64Mi,  -,    -,     250m, 64Mi",
                "30000000, 64Mi, -,  -,     3000000000m, 64Mi",
            })
    void whatIsNotRequestedIsAllOfTheMemoryLimitAndATenthOfTheCpuLimit(
            @Nullable String limitCpu,
            @Nullable String limitMemory,
            @Nullable String givenCpu,
            @Nullable String givenMemory,
            @Nullable String requestCpu,
            @Nullable String requestMemory) {
        // given
        var spec = "resources:\n  limits: %s\n  requests: %s\n"
                .formatted(amounts(limitCpu, limitMemory), amounts(givenCpu, givenMemory));
        // when
        var resources = container(spec).getResources();
        // then
        assertThat(text(resources.getLimits())).isEqualTo(amounts(limitCpu, limitMemory));
        assertThat(text(resources.getRequests())).isEqualTo(amounts(requestCpu, requestMemory));
    }

    @Test
    void aServiceWithoutResourcesHasNone() {
        // given
        var spec = "{}";
        // when
        var resources = container(spec).getResources();
        // then
        assertThat(resources.getLimits()).isEmpty();
        assertThat(resources.getRequests()).isEmpty();
    }

    @Test
    void jemallocIsPreloadedWithTheTargetsTuning() {
        // given
        var spec = "{}";
        // when
        var environment = container(spec).getEnv();
        // then
        assertThat(environment)
                .startsWith(
                        new EnvVar("LD_PRELOAD", "/opt/brr/lib/libjemalloc.so.2", null),
                        new EnvVar("MALLOC_CONF", TARGET.mallocConf(), null));
    }

    @Test
    void theDebugTokenComesFromASecretThatNeedNotBeThere() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var pod = ServicePods.template(service, TARGET, ScrapeMode.PodMonitor).getSpec();
        // then
        var secret = volume(pod, "debug").getSecret();
        assertThat(secret.getSecretName()).isEqualTo("petstore-debug");
        assertThat(secret.getOptional()).isTrue();
        assertThat(secret.getDefaultMode()).isEqualTo(0440);
        assertThat(pod.getContainers().getFirst().getEnv())
                .contains(new EnvVar("BRR_DEBUG_TOKEN_FILE", "/etc/brr/debug/token", null));
    }

    @Test
    void evidenceLiesOnAVolumeThatOutlivesTheContainerAndIsBounded() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var pod = ServicePods.template(service, TARGET, ScrapeMode.PodMonitor).getSpec();
        // then
        assertThat(volume(pod, "evidence").getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("64Mi"));
        var container = pod.getContainers().getFirst();
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> "evidence".equals(mount.getName()))
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo("/var/lib/brr/evidence");
                    assertThat(mount.getReadOnly()).isNull();
                });
        assertThat(container.getEnv()).contains(new EnvVar("BRR_BLACKBOX_DIRECTORY", "/var/lib/brr/evidence", null));
    }

    @Test
    void theServiceEndsWithinThePodsGracePeriod() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var pod = ServicePods.template(service, TARGET, ScrapeMode.PodMonitor).getSpec();
        // then
        var seconds = pod.getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().endsWith("_SECONDS"))
                .collect(Collectors.toMap(EnvVar::getName, variable -> Long.parseLong(variable.getValue())));
        assertThat(seconds).containsOnlyKeys("BRR_SHUTDOWN_DELAY_SECONDS", "BRR_DRAIN_SECONDS");
        assertThat(seconds).containsEntry("BRR_SHUTDOWN_DELAY_SECONDS", 5L);
        assertThat(seconds.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(pod.getTerminationGracePeriodSeconds() - 5);
    }

    @Test
    void whatVerifiesTokensIsWrittenDown() {
        // given
        var spec = """
                security:
                  schemes:
                    - name: OAuth
                      jwt: {issuer: https://id/, audience: pets, jwks: https://id/keys, algorithm: ES256, leewaySeconds: 5}
                    - name: Connect
                      jwt: {issuer: https://id/, audience: pets}
                """;
        // when
        var tokens = container(spec).getEnv().stream()
                .filter(variable -> variable.getName().startsWith("BRR_JWT_"))
                .map(variable -> variable.getName() + "=" + variable.getValue());
        // then
        assertThat(tokens)
                .containsExactly(
                        "BRR_JWT_ISSUER__OAuth=https://id/",
                        "BRR_JWT_AUDIENCE__OAuth=pets",
                        "BRR_JWT_JWKS__OAuth=https://id/keys",
                        "BRR_JWT_ALGORITHMS__OAuth=ES256",
                        "BRR_JWT_LEEWAY_SECONDS__OAuth=5",
                        "BRR_JWT_ISSUER__Connect=https://id/",
                        "BRR_JWT_AUDIENCE__Connect=pets");
    }

    @Test
    void credentialsComeFromSecretsAndNeverAsText() {
        // given
        var spec = """
                security:
                  schemes:
                    - {name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}
                    - {name: partner.key-2, secretKeyRef: {name: partner, key: key}}
                """;
        // when
        var keys = container(spec).getEnv().stream()
                .filter(variable -> variable.getName().startsWith("BRR_CREDENTIAL__"))
                .toList();
        // then
        assertThat(keys)
                .extracting(EnvVar::getName)
                .containsExactly("BRR_CREDENTIAL__ApiKeyHeader", "BRR_CREDENTIAL__partner.key-2");
        assertThat(keys).allSatisfy(key -> assertThat(key.getValue()).isNull());
        assertThat(keys)
                .extracting(key -> key.getValueFrom().getSecretKeyRef())
                .extracting(reference -> reference.getName() + "/" + reference.getKey())
                .containsExactly("petstore-keys/apiKey", "partner/key");
    }

    @ParameterizedTest
    @EnumSource
    void podsAreAnnotatedOnlyWhereAnnotationsAreHowTheyAreFound(ScrapeMode scrape) {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var annotations =
                ServicePods.template(service, TARGET, scrape).getMetadata().getAnnotations();
        // then
        assertThat(annotations)
                .isEqualTo(
                        scrape == ScrapeMode.Annotations
                                ? Map.of(
                                        "prometheus.io/scrape", "true",
                                        "prometheus.io/port", "9090",
                                        "prometheus.io/path", "/metrics")
                                : Map.of());
    }

    @Test
    void podsCarryTheLabelsThatSelectThem() {
        // given
        var service = BrrServiceYaml.withSpec("{}");
        // when
        var labels = ServicePods.template(service, TARGET, ScrapeMode.PodMonitor)
                .getMetadata()
                .getLabels();
        // then
        assertThat(labels).containsAllEntriesOf(Labels.selector(service));
    }

    @Test
    void probesAndPortsMatch() {
        // given
        var container = container("{}");
        // when
        var probes =
                new Probe[] {container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe()};
        // then
        assertThat(probes)
                .allSatisfy(probe -> assertThat(container.getPorts())
                        .anyMatch(port -> port.getName()
                                .equals(probe.getHttpGet().getPort().getStrVal())));
    }

    private static Volume volume(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> name.equals(volume.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static Container container(String spec) {
        var service = BrrServiceYaml.withSpec(spec);
        var schemes = ServiceEnvironment.schemes(service.getSpec().security());
        return ServicePods.template(service, TARGET.with(schemes), ScrapeMode.PodMonitor)
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static String amounts(@Nullable String cpu, @Nullable String memory) {
        var amounts = new TreeMap<String, String>();
        if (cpu != null) {
            amounts.put("cpu", "\"" + cpu + "\"");
        }
        if (memory != null) {
            amounts.put("memory", "\"" + memory + "\"");
        }
        return amounts.toString().replace("=", ": ");
    }

    private static String text(Map<String, Quantity> quantities) {
        return amounts(
                quantities.containsKey("cpu") ? quantities.get("cpu").toString() : null,
                quantities.containsKey("memory") ? quantities.get("memory").toString() : null);
    }
}
