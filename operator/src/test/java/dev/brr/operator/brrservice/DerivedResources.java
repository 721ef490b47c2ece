package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.Autoscaling;
import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.RolloutSpec;
import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.operator.build.BuildQueue;
import dev.brr.operator.build.ServiceFiles;
import dev.brr.operator.build.SteeredBuilder;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.kubernetes.Status;
import dev.brr.operator.openapi.DocumentSource;
import dev.brr.operator.openapi.DocumentVerdict;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Derives all objects of a BrrService as one reconciliation would, with a builder and a cluster that are asked nothing.
 *
 * <p>A case is a folder with {@code in-brrservice.yaml} and, where the service ran before, {@code in-deployment.yaml}.
 */
final class DerivedResources {

    /** Is a part of the credentials that every case could use; it must appear nowhere. */
    static final String PASSWORD = "correct-horse-battery-staple";

    private static final OperatorConfig CONFIG = new OperatorConfig(
            "registry.example:5000",
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
            List.of(),
            List.of(),
            Path.of("jvm.options"),
            "openapi: 3.1.0",
            Map.of("amd64", Path.of("libjemalloc.so.2"), "arm64", Path.of("libjemalloc.so.2")),
            "0".repeat(32));

    private DerivedResources() {}

    /** Returns the objects of a case by kind, in the order of their kinds. */
    static SortedMap<String, HasMetadata> derive(Path folder) throws IOException, InterruptedException {
        var service = BrrServiceYaml.read(Files.readString(folder.resolve("in-brrservice.yaml")));
        var deployment = folder.resolve("in-deployment.yaml");
        var observation = new Observation(
                Files.exists(deployment)
                        ? Optional.of(Serialization.unmarshal(Files.readString(deployment), Deployment.class))
                        : Optional.empty(),
                List.of());
        var wanted = wanted(service, observation);
        var plan = RolloutPlan.decide(
                wanted.target(),
                wanted.keeping(observation.rollout()),
                Optional.ofNullable(service.getStatus())
                        .map(BrrServiceStatus::lastGood)
                        .orElse(null),
                spec(service)
                        .map(BrrServiceSpec::rollout)
                        .map(RolloutSpec::rollback)
                        .orElse(true));
        return objects(service, plan, observation.statedReplicas());
    }

    private static SortedMap<String, HasMetadata> objects(
            BrrService service, RolloutPlan plan, Optional<Integer> statedReplicas) {
        var scrape = Optional.ofNullable(Desired.monitoring(service).scrape()).orElse(ScrapeMode.PodMonitor);
        var desired = new Desired(plan, scrape, statedReplicas);
        var objects = new TreeMap<String, HasMetadata>();
        plan.target()
                .ifPresent(target ->
                        put(objects, withoutHash(DeploymentDependentResource.deployment(service, desired, target))));
        put(objects, ServiceDependentResource.service(service));
        autoscaling(service).ifPresent(wish -> put(objects, AutoscalerDependentResource.autoscaler(service, wish)));
        if (DashboardDependentResource.isWanted(service)) {
            put(objects, withoutContent(DashboardDependentResource.configMap(service)));
        }
        if (scrape == ScrapeMode.PodMonitor) {
            put(objects, PodMonitorDependentResource.podMonitor(service));
        }
        if (areAlertsWanted(service)) {
            put(objects, AlertsDependentResource.rule(service));
        }
        return objects;
    }

    @SuppressWarnings("NullAway") // the condition looks at the service alone; dependent and context exist in a cluster
    private static boolean areAlertsWanted(BrrService service) {
        return new AlertsDependentResource.IsWanted().isMet(null, service, null);
    }

    /** Returns the ConfigMap with the names of its files only: what is in them has tests of its own. */
    private static ConfigMap withoutContent(ConfigMap configMap) {
        var names = new HashMap<>(configMap.getData());
        names.replaceAll((name, content) -> "(the dashboard)");
        return new ConfigMapBuilder(configMap).withData(names).build();
    }

    /** Returns the Deployment without the hash of the build's inputs, which differs with this machine's architecture. */
    private static Deployment withoutHash(Deployment deployment) {
        deployment
                .getMetadata()
                .getAnnotations()
                .computeIfPresent(
                        Labels.BUILD_INPUTS, (name, hash) -> hash.matches("[0-9a-f]{32}") ? "(32 hex digits)" : hash);
        return deployment;
    }

    private static void put(Map<String, HasMetadata> objects, HasMetadata object) {
        objects.put(object.getKind(), object);
    }

    private static Wanted wanted(BrrService service, Observation observation) throws InterruptedException {
        var built = new CountDownLatch(1);
        try (var queue = new BuildQueue(
                new SteeredBuilder(),
                document -> new DocumentVerdict(List.of(), ""),
                new SetClock("2026-01-01T00:00:00Z"),
                1,
                1)) {
            var images = new WantedImages(
                    CONFIG,
                    FILES,
                    new DocumentSource("openapi: 3.1.0", (namespace, name) -> Optional.of(document())),
                    new PushSecrets((namespace, name) -> Optional.of(secret(service))),
                    queue,
                    new SetClock("2026-01-01T00:00:00Z"));
            var current = observation.rollout().current();
            var first = images.of(service, current, Set.of(), built::countDown);
            if (first.image().isPresent() || first.imageFinding().status() == Status.False) {
                return first;
            }
            if (!built.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the build does not end: " + first.imageFinding());
            }
            return images.of(service, current, Set.of(), built::countDown);
        }
    }

    private static ConfigMap document() {
        return new ConfigMapBuilder()
                .addToData("openapi.yaml", "openapi: 3.1.0")
                .build();
    }

    private static Secret secret(BrrService service) {
        var repository = spec(service)
                .map(BrrServiceSpec::image)
                .map(image -> image.repository())
                .orElse(CONFIG.registry() + "/");
        var config = "{\"auths\": {\"%s\": {\"username\": \"robot\", \"password\": \"%s\"}}}"
                .formatted(repository.substring(0, repository.indexOf('/')), PASSWORD);
        return new SecretBuilder()
                .addToData(
                        ".dockerconfigjson",
                        Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static Optional<Autoscaling> autoscaling(BrrService service) {
        return spec(service).map(BrrServiceSpec::autoscaling);
    }

    private static Optional<BrrServiceSpec> spec(BrrService service) {
        return Optional.ofNullable(service.getSpec());
    }
}
