package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.brr.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's pod: hardened whatever the values, and configured as the operator reads it. */
class ChartPodTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    static List<Path> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meetsTheRestrictedPodSecurityStandard(Path values) {
        // given
        var rendered = Chart.render(values);
        // when
        var pod = rendered.pod();
        var ofPod = pod.getSecurityContext();
        var ofContainer = rendered.container().getSecurityContext();
        // then
        assertThat(ofPod.getRunAsNonRoot()).isTrue();
        assertThat(ofPod.getRunAsUser()).isEqualTo(65_532L);
        assertThat(ofPod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(ofContainer.getAllowPrivilegeEscalation()).isFalse();
        assertThat(ofContainer.getReadOnlyRootFilesystem()).isTrue();
        assertThat(ofContainer.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(ofContainer.getCapabilities().getAdd()).isEmpty();
        assertThat(ofContainer.getPrivileged()).isNull();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getVolumes())
                .allMatch(volume -> volume.getHostPath() == null, "no volume of the host's")
                .allMatch(volume -> volume.getEmptyDir() != null || volume.getSecret() != null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void boundsEveryPlaceItWritesTo(Path values) {
        // given
        // when
        var writable = Chart.render(values).pod().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .toList();
        // then
        assertThat(writable).extracting(Volume::getName).contains("tmp", "cache");
        assertThat(writable).allMatch(volume -> volume.getEmptyDir().getSizeLimit() != null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mountsEveryVolumeAndNoOther(Path values) {
        // given
        var rendered = Chart.render(values);
        // when
        var mounted = rendered.container().getVolumeMounts();
        // then
        assertThat(mounted)
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(rendered.pod().getVolumes().stream()
                        .map(Volume::getName)
                        .toList());
        assertThat(mounted).extracting(VolumeMount::getMountPath).contains("/tmp", "/cache");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasMemoryForItsJvmAndThoseThatItStarts(Path values) {
        // given
        var least = Quantity.getAmountInBytes(new Quantity("896Mi"));
        // when
        var limit = Chart.render(values).container().getResources().getLimits().get("memory");
        // then
        assertThat(Quantity.getAmountInBytes(Objects.requireNonNull(limit))).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neverRunsTwoOperatorsAtATime(Path values) {
        // given
        // when
        var spec = Chart.render(values).only(Deployment.class).getSpec();
        // then
        assertThat(spec.getReplicas()).isEqualTo(1);
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        assertThat(spec.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(spec.getSelector().getMatchLabels());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isConfiguredAsTheOperatorReadsIt(Path values) {
        // given
        var rendered = Chart.render(values);
        var port = rendered.container().getPorts().getFirst().getContainerPort();
        // when
        var config = OperatorConfig.from(rendered.environment());
        // then
        assertThat(config.managementPort()).isEqualTo(port);
        assertThat(config.cacheDirectory()).isEqualTo(Path.of("/cache"));
        assertThat(config.registry()).isNotBlank();
        assertThat(config.baseImage()).isNotBlank();
    }

    @Test
    void passesWhatTheOperatorHasToKnow() {
        // given
        var values = """
                registry: {host: "registry.example.com:5443/shop", insecure: true, credentialsSecret: push}
                baseImage: registry.example.com/jre:25
                watchNamespaces: [shop, shop-staging]
                management: {port: 9443}
                """;
        // when
        var config = OperatorConfig.from(Chart.render(values).environment());
        // then
        assertThat(config.registry()).isEqualTo("registry.example.com:5443/shop");
        assertThat(config.registryInsecure()).isTrue();
        assertThat(config.baseImage()).isEqualTo("registry.example.com/jre:25");
        assertThat(config.watchNamespaces()).isEqualTo(Set.of("shop", "shop-staging"));
        assertThat(config.managementPort()).isEqualTo(9443);
        assertThat(config.dockerConfig()).isEqualTo(Path.of("/etc/brr/registry"));
    }

    @Test
    void watchesEverythingOverTlsWithoutCredentialsByDefault() {
        // given
        // when
        var config = OperatorConfig.from(Chart.render(Chart.REGISTRY).environment());
        // then
        assertThat(config.registryInsecure()).isFalse();
        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.dockerConfig()).isNull();
        assertThat(config.baseImage()).isEqualTo("eclipse-temurin:25-jre");
    }

    @Test
    void readsPushCredentialsFromAFileSoThatItNeedsNoRightOnSecrets() {
        // given
        var values = "registry: {host: registry.example.com, credentialsSecret: push}";
        // when
        var rendered = Chart.render(values);
        // then
        var volume = rendered.pod().getVolumes().stream()
                .filter(candidate -> candidate.getSecret() != null)
                .findFirst()
                .orElseThrow();
        assertThat(volume.getSecret().getSecretName()).isEqualTo("push");
        assertThat(volume.getSecret().getItems())
                .singleElement()
                .satisfies(item -> assertThat(item.getKey() + " as " + item.getPath())
                        .isEqualTo(".dockerconfigjson as config.json"));
        var mount = rendered.container().getVolumeMounts().stream()
                .filter(candidate -> candidate.getName().equals(volume.getName()))
                .findFirst()
                .orElseThrow();
        assertThat(mount.getReadOnly()).isTrue();
        assertThat(mount.getMountPath()).isEqualTo(rendered.environment().get("DOCKER_CONFIG"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                    | registry.example.com/brr/operator:0.1.0",
                "tag: abc                             | registry.example.com/brr/operator:abc",
                "repository: other.example/op         | other.example/op:0.1.0",
                "repository: other.example:5000/a/op  | other.example:5000/a/op:0.1.0",
                "digest: DIGEST                       | registry.example.com/brr/operator@DIGEST",
                "'tag: abc, digest: DIGEST'           | registry.example.com/brr/operator@DIGEST",
            })
    void runsTheImageByDigestElseByTagElseByVersion(@Nullable String image, String expected) {
        // given
        var values = Chart.REGISTRY + "image: {" + Objects.requireNonNullElse(image, "") + "}";
        // when
        var actual = Chart.render(values.replace("DIGEST", DIGEST)).container().getImage();
        // then
        assertThat(actual).isEqualTo(expected.replace("DIGEST", DIGEST));
    }

    @Test
    void asksTheManagementPortHowItIs() {
        // given
        var container =
                Chart.render(Chart.REGISTRY + "management: {port: 9443}").container();
        // when
        var probes = List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
        // then
        assertThat(probes).extracting(ChartPodTest::path).containsExactly("/livez", "/livez", "/readyz");
        assertThat(probes)
                .extracting(probe -> probe.getHttpGet().getPort().getStrVal())
                .containsOnly("management");
        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("management", 9443));
    }

    @Test
    void givesASlowStartMoreTimeThanAHang() {
        // given
        var container = Chart.render(Chart.REGISTRY).container();
        // when
        var start = container.getStartupProbe();
        var hang = container.getLivenessProbe();
        // then
        assertThat(start.getFailureThreshold() * start.getPeriodSeconds())
                .isGreaterThan(hang.getFailureThreshold() * hang.getPeriodSeconds());
    }

    @Test
    void reservesLessThanItMayUse() {
        // given
        // when
        var resources = Chart.render(Chart.REGISTRY).container().getResources();
        // then
        assertThat(bytes(resources.getRequests().get("memory")))
                .isLessThan(bytes(resources.getLimits().get("memory")));
        assertThat(resources.getLimits()).doesNotContainKey("cpu");
    }

    @Test
    void placesItWhereTheValuesSay() {
        // given
        var production = Chart.FOLDER.resolve("ci").resolve("production-values.yaml");
        // when
        var pod = Chart.render(production).pod();
        // then
        assertThat(pod.getNodeSelector()).containsEntry("kubernetes.io/os", "linux");
        assertThat(pod.getTolerations())
                .singleElement()
                .satisfies(toleration -> assertThat(toleration.getKey()).isEqualTo("control"));
        assertThat(pod.getAffinity().getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
        assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(60L);
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static BigDecimal bytes(@Nullable Quantity quantity) {
        return Quantity.getAmountInBytes(Objects.requireNonNull(quantity));
    }
}
