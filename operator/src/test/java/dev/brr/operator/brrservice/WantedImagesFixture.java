package dev.brr.operator.brrservice;

import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.build.BuildQueue;
import dev.brr.operator.build.BuildRequest;
import dev.brr.operator.build.ServiceFiles;
import dev.brr.operator.build.SteeredBuilder;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.openapi.DocumentProblem;
import dev.brr.operator.openapi.DocumentSource;
import dev.brr.operator.openapi.DocumentVerdict;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Has everything that an image is wanted from, with a builder that builds nothing and a cluster that is two maps. */
abstract class WantedImagesFixture {

    static final OperatorConfig CONFIG = new OperatorConfig(
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
    static final ServiceFiles FILES = new ServiceFiles(
            List.of(),
            List.of(),
            Path.of("jvm.options"),
            "the pet store",
            Map.of("amd64", Path.of("libjemalloc.so.2"), "arm64", Path.of("libjemalloc.so.2")),
            "runtime-hash");
    static final String REPOSITORY = "registry.example:5000/services/shop/petstore";
    static final String PREBUILT = "registry.example/ready/made@sha256:" + "f".repeat(64);

    final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    final SteeredBuilder builder = new SteeredBuilder();
    final Map<String, List<DocumentProblem>> problems = new ConcurrentHashMap<>();
    final Map<String, Map<String, String>> configMaps = new HashMap<>();
    final Map<String, String> secrets = new HashMap<>();
    final AtomicInteger woken = new AtomicInteger();
    final BuildQueue queue = new BuildQueue(
            builder, document -> new DocumentVerdict(problems.getOrDefault(document, List.of()), ""), clock, 1, 10);
    final WantedImages images = new WantedImages(
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
            queue,
            clock);

    @AfterEach
    void stop() {
        queue.close();
    }

    Wanted ask(BrrService service) {
        return images.of(service, Optional.empty(), Set.of(), woken::incrementAndGet);
    }

    /** Asks, waits to be woken, and asks again, as the reconciler does. */
    Wanted askUntilDone(BrrService service) {
        var before = woken.get();
        ask(service);
        await().until(() -> woken.get() == before + 1);
        return ask(service);
    }

    BuildRequest request(BrrService service) {
        askUntilDone(service);
        return builder.requests().getFirst();
    }

    /** Leaves of an operator what it leaves: the status. */
    void restartOperator(BrrService service, Wanted wanted) {
        images.retain((namespace, name) -> false);
        service.setStatus(new BrrServiceStatus(3L, null, wanted.image().orElseThrow(), null, null, null, 1, 1, null));
    }

    static BrrService fromConfigMap() {
        return BrrServiceYaml.withSpec("openapi: {configMapKeyRef: {name: orders-openapi, key: openapi.yaml}}");
    }

    static BrrService pushing() {
        return BrrServiceYaml.withSpec("image: {repository: ghcr.io/team/petstore, pushSecretRef: {name: push}}");
    }

    static String ownArchitecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
