package dev.brr.operator.brrservice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of src/test/resources/derived is a BrrService and, as golden files, every object that is derived from it;
 * brr.generate=true writes them anew.
 */
class DerivedResourcesTest {

    private static final Path GOLDENS = Path.of("src", "test", "resources", "derived");

    @BeforeAll
    static void generate() throws IOException, InterruptedException {
        if (Boolean.getBoolean("brr.generate")) {
            for (var folder : cases()) {
                for (var golden : goldens(folder)) {
                    Files.delete(golden);
                }
                for (var object : DerivedResources.derive(folder).values()) {
                    Files.writeString(golden(folder, object.getKind()), yaml(object));
                }
            }
        }
    }

    static List<Path> cases() {
        try (var folders = Files.list(GOLDENS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreCases() {
        // given
        // when
        var names = cases().stream().map(folder -> folder.getFileName().toString());
        // then
        assertThat(names)
                .contains(
                        "annotations",
                        "autoscaling",
                        "autoscaling-after-none",
                        "autoscaling-after-replicas",
                        "full",
                        "java-heap",
                        "millicpu-limits",
                        "minimal",
                        "no-limits",
                        "prebuilt",
                        "push-secret",
                        "refused-tuning-with-new-schemes",
                        "refused-with-new-limits",
                        "refused-with-new-schemes",
                        "rollback-of-schemes",
                        "rollback",
                        "security-schemes",
                        "tracing",
                        "tracing-with-headers");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyObjectIsItsGoldenFile(Path folder) throws Exception {
        // given
        var goldens = goldens(folder);
        // when
        var derived = DerivedResources.derive(folder);
        // then
        assertThat(derived.keySet())
                .as("the golden files of %s; run this test with -Dbrr.generate=true", folder)
                .map(kind -> golden(folder, kind))
                .containsExactlyInAnyOrderElementsOf(goldens);
        for (var object : derived.values()) {
            assertThat(yaml(object))
                    .as("%s of %s; run this test with -Dbrr.generate=true", object.getKind(), folder)
                    .isEqualTo(Files.readString(golden(folder, object.getKind())));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivingAgainGivesTheSame(Path folder) throws Exception {
        // given
        var once = DerivedResources.derive(folder);
        // when
        var again = DerivedResources.derive(folder);
        // then
        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyObjectIsLabelledAndGoesWithItsService(Path folder) throws Exception {
        // given
        // when
        var objects = DerivedResources.derive(folder).values();
        // then
        assertThat(objects).allSatisfy(object -> {
            assertThat(object.getMetadata().getLabels()).containsEntry(Labels.MANAGED_BY, Labels.OPERATOR);
            assertThat(object.getMetadata().getOwnerReferences())
                    .singleElement()
                    .extracting(OwnerReference::getKind, OwnerReference::getController)
                    .containsExactly("BrrService", true);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noObjectHoldsACredential(Path folder) throws Exception {
        // given
        // when
        var objects = DerivedResources.derive(folder).values();
        // then
        assertThat(objects)
                .allSatisfy(object ->
                        assertThat(yaml(object)).doesNotContain(DerivedResources.PASSWORD, "dockerconfigjson"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noObjectHoldsAStatusOrWhatTheApiServerSets(Path folder) throws Exception {
        // given
        // when
        var objects = DerivedResources.derive(folder).values();
        // then
        assertThat(objects)
                .allSatisfy(object -> assertThat(yaml(object))
                        .doesNotContain("\nstatus:", "resourceVersion", "creationTimestamp", "managedFields"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void podsMeetTheRestrictedPodSecurityStandard(Path folder) throws Exception {
        // given
        var deployment = deployment(folder);
        // when
        var pod = deployment.map(found -> found.getSpec().getTemplate().getSpec());
        // then
        assertThat(pod.stream()).allSatisfy(spec -> {
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getContainers()).allSatisfy(container -> {
                var context = container.getSecurityContext();
                assertThat(context.getAllowPrivilegeEscalation()).isFalse();
                assertThat(context.getReadOnlyRootFilesystem()).isTrue();
                assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theImageIsByDigestAndTheTuningSaysThatItMustBeTaken(Path folder) throws Exception {
        // given
        var deployment = deployment(folder);
        // when
        var container = deployment.map(DerivedResourcesTest::container);
        // then
        assertThat(container.stream()).allSatisfy(service -> {
            assertThat(service.getImage()).matches(".+@sha256:[0-9a-f]{64}");
            assertThat(service.getEnv())
                    .filteredOn(variable -> variable.getName().equals("MALLOC_CONF"))
                    .extracting(EnvVar::getValue)
                    .singleElement()
                    .asString()
                    .startsWith("abort_conf:true,");
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void serviceAndPodMonitorFindThePodsAndTheirPorts(Path folder) throws Exception {
        // given
        var objects = DerivedResources.derive(folder);
        var service = requireNonNull((Service) objects.get("Service"));
        var podMonitor = Optional.ofNullable((PodMonitor) objects.get("PodMonitor"));
        // when
        var deployment = Optional.ofNullable((Deployment) objects.get("Deployment"));
        // then
        assertThat(deployment.stream()).allSatisfy(found -> {
            var labels = found.getSpec().getTemplate().getMetadata().getLabels();
            var ports = container(found).getPorts().stream()
                    .map(port -> port.getName())
                    .toList();
            assertThat(labels)
                    .containsAllEntriesOf(found.getSpec().getSelector().getMatchLabels())
                    .containsAllEntriesOf(service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts())
                    .extracting(port -> port.getTargetPort().getStrVal())
                    .isSubsetOf(ports);
            podMonitor.ifPresent(monitor -> {
                assertThat(labels)
                        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
                assertThat(monitor.getSpec().getPodMetricsEndpoints())
                        .extracting(endpoint -> endpoint.getPort())
                        .isSubsetOf(ports);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePodsOfADerivedDeploymentAreRecognizedAsItsOwn(Path folder) throws Exception {
        // given
        var deployment = deployment(folder);
        // when
        var target = deployment.flatMap(Observation::target);
        // then
        assertThat(target.isPresent()).isEqualTo(deployment.isPresent());
        assertThat(target.stream()).allSatisfy(runs -> {
            var pod = new Pod();
            pod.setSpec(deployment.orElseThrow().getSpec().getTemplate().getSpec());
            pod.setStatus(SampleCluster.ready("a", runs).getStatus());
            assertThat(new Observation(deployment, List.of(pod)).readyPods(runs))
                    .hasSize(1);
        });
    }

    private static Optional<Deployment> deployment(Path folder) throws IOException, InterruptedException {
        return Optional.ofNullable((Deployment) DerivedResources.derive(folder).get("Deployment"));
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private static String yaml(HasMetadata object) {
        return Serialization.asYaml(object);
    }

    private static Path golden(Path folder, String kind) {
        return folder.resolve("out-" + kind + ".yaml");
    }

    private static List<Path> goldens(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("out-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
