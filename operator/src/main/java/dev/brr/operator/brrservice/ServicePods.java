package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.ImageSpec;
import dev.brr.api.v1alpha1.ResourceAmounts;
import dev.brr.api.v1alpha1.Resources;
import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.operator.build.Hash;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Derives the pods of a service. */
final class ServicePods {

    /** Who a pod runs as; a member of no group but its own. */
    private static final long NOBODY = 65532;

    private static final String TEMPORARY = "tmp";
    private static final String DEBUG = "debug";
    private static final String EVIDENCE = "evidence";
    static final String EVIDENCE_FOLDER = "/var/lib/brr/evidence";
    /** Twice what the service keeps there: a pod that goes beyond is evicted. */
    private static final Quantity EVIDENCE_SIZE = new Quantity("64Mi");

    static final String DEBUG_FOLDER = "/etc/brr/debug";
    /** Readable for the pod's group, which is the service's. */
    private static final int GROUP_READS = 0440;

    /** How long a pod has to end, seconds. Within them the service still listens, then ends its requests, then exits. */
    private static final long GRACE = 30;
    /** Until every node knows that the pod takes no more, seconds. */
    static final long DELAY = 5;
    /** For the JVM to exit, seconds. */
    private static final long EXIT = 5;
    /** For the requests in flight to end, seconds. */
    static final long DRAIN = GRACE - DELAY - EXIT;

    private ServicePods() {}

    /** Returns the pod template for a target. */
    static PodTemplateSpec template(BrrService service, Target target, ScrapeMode scrape) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.of(service))
                .withAnnotations(annotations(scrape))
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE)
                .withImagePullSecrets(pullSecrets(service))
                .withSecurityContext(nobody())
                .withContainers(container(service, target))
                .withVolumes(volumes(service))
                .endSpec()
                .build();
    }

    private static PodSecurityContext nobody() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withFsGroup(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static List<Volume> volumes(BrrService service) {
        return List.of(
                new VolumeBuilder()
                        .withName(TEMPORARY)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build(),
                new VolumeBuilder()
                        .withName(DEBUG)
                        .withNewSecret()
                        .withSecretName(Names.debugSecret(service))
                        .withOptional(true)
                        .withDefaultMode(GROUP_READS)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName(EVIDENCE)
                        .withNewEmptyDir()
                        .withSizeLimit(EVIDENCE_SIZE)
                        .endEmptyDir()
                        .build());
    }

    /**
     * Returns the hash of what else of a spec decides whether its pods start in time: after a rollout that failed, a change
     * of it is worth another one.
     */
    static String settings(@Nullable BrrServiceSpec spec) {
        return spec == null
                ? ""
                : Hash.of(
                                Serialization.asJson(spec.resources()),
                                Serialization.asJson(spec.memory()),
                                Serialization.asJson(spec.http()),
                                Serialization.asJson(spec.validation()),
                                Serialization.asJson(spec.observability()),
                                Serialization.asJson(spec.rollout()),
                                Serialization.asJson(
                                        spec.image() == null
                                                ? null
                                                : spec.image().pushSecretRef()))
                        .substring(0, 16);
    }

    private static Container container(BrrService service, Target target) {
        return new ContainerBuilder()
                .withName(Names.CONTAINER)
                .withImage(target.image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(ServiceEnvironment.of(service, target))
                .withResources(resources(service))
                .withPorts(port(Names.HTTP_PORT, Names.HTTP), port(Names.MANAGEMENT_PORT, Names.MANAGEMENT))
                .withStartupProbe(probe("/health", 1, 60))
                .withReadinessProbe(probe("/ready", 5, 3))
                .withLivenessProbe(probe("/health", 10, 3))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(
                        mount(TEMPORARY, "/tmp").build(),
                        mount(DEBUG, DEBUG_FOLDER).withReadOnly(true).build(),
                        mount(EVIDENCE, EVIDENCE_FOLDER).build())
                .build();
    }

    private static ContainerPort port(String name, int port) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(port)
                .withProtocol("TCP")
                .build();
    }

    private static VolumeMountBuilder mount(String volume, String folder) {
        return new VolumeMountBuilder().withName(volume).withMountPath(folder);
    }

    private static Map<String, String> annotations(ScrapeMode scrape) {
        return scrape == ScrapeMode.Annotations
                ? new TreeMap<>(Map.of(
                        "prometheus.io/scrape", "true",
                        "prometheus.io/port", Integer.toString(Names.MANAGEMENT),
                        "prometheus.io/path", "/metrics"))
                : Map.of();
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(Names.MANAGEMENT_PORT)
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failures)
                .withTimeoutSeconds(3)
                .build();
    }

    private static ResourceRequirements resources(BrrService service) {
        var resources = spec(service).map(BrrServiceSpec::resources);
        return new ResourceRequirementsBuilder()
                .withLimits(amounts(resources.map(Resources::limits).orElse(null)))
                .withRequests(amounts(resources.map(ServicePods::requests).orElse(null)))
                .build();
    }

    /** Fills what the spec leaves open: all of the memory limit, so that the node keeps it, and a tenth of the CPU. */
    private static ResourceAmounts requests(Resources resources) {
        var given = Optional.ofNullable(resources.requests());
        var limits = Optional.ofNullable(resources.limits());
        return new ResourceAmounts(
                given.map(ResourceAmounts::cpu)
                        .or(() -> limits.map(ResourceAmounts::cpu).map(ServicePods::tenth))
                        .orElse(null),
                given.map(ResourceAmounts::memory)
                        .or(() -> limits.map(ResourceAmounts::memory))
                        .orElse(null));
    }

    private static Quantity tenth(Quantity cpu) {
        var millicores =
                cpu.getNumericalAmount().movePointRight(2).toBigInteger().max(BigInteger.ONE);
        return new Quantity(millicores + "m");
    }

    private static Map<String, Quantity> amounts(@Nullable ResourceAmounts amounts) {
        var quantities = new TreeMap<String, Quantity>();
        if (amounts != null && amounts.cpu() != null) {
            quantities.put("cpu", amounts.cpu());
        }
        if (amounts != null && amounts.memory() != null) {
            quantities.put("memory", amounts.memory());
        }
        return quantities;
    }

    private static List<LocalObjectReference> pullSecrets(BrrService service) {
        return spec(service)
                .map(BrrServiceSpec::image)
                .map(ImageSpec::pushSecretRef)
                .map(secret -> List.of(new LocalObjectReference(secret.name())))
                .orElse(List.of());
    }

    private static Optional<BrrServiceSpec> spec(BrrService service) {
        return Optional.ofNullable(service.getSpec());
    }
}
