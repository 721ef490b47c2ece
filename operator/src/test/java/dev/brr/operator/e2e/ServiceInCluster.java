package dev.brr.operator.e2e;

import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One BrrService in a namespace of its own, and what tests do with it. */
public final class ServiceInCluster implements AutoCloseable {

    /** How long a build and a rollout may take on two busy cores. */
    public static final Duration PATIENCE = Duration.ofMinutes(4);
    /** The key of the pet store's Secret. */
    public static final String KEY = UUID.randomUUID().toString();

    private final Cluster cluster;
    private final String namespace;
    private final String name;

    /** Creates the namespace with the Secret that the pet store's security scheme needs. */
    public ServiceInCluster(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        this.namespace = name + "-" + UUID.randomUUID().toString().substring(0, 6);
        cluster.createNamespace(namespace);
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("petstore-keys")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(Map.of("apiKey", KEY))
                        .build())
                .create();
    }

    /** Returns the namespace. */
    public String namespace() {
        return namespace;
    }

    /** Applies a spec, given as YAML with the spec's fields at the left margin. */
    public void apply(String spec) {
        var yaml = "apiVersion: brr.dev/v1alpha1\nkind: BrrService\nmetadata: {name: %s, namespace: %s}\nspec:\n%s"
                .formatted(name, namespace, spec.indent(2));
        client().resource(Serialization.unmarshal(yaml, BrrService.class))
                .fieldManager("e2e")
                .forceConflicts()
                .serverSideApply();
    }

    /** Writes a document into a ConfigMap. */
    public void document(String configMap, String text) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(configMap)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of("openapi.yaml", text))
                        .build())
                .fieldManager("e2e")
                .forceConflicts()
                .serverSideApply();
    }

    /** Waits until the service of the present generation is Ready, and returns its status. */
    public BrrServiceStatus awaitReady() {
        return await("Ready of " + namespace + "/" + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        this::get,
                        service -> condition(service, ConditionType.Ready)
                                .filter(ready -> "True".equals(ready.getStatus()))
                                .filter(ready -> Objects.equals(
                                        ready.getObservedGeneration(),
                                        service.getMetadata().getGeneration()))
                                .isPresent())
                .getStatus();
    }

    /** Waits until a condition of the present generation has a reason, and returns it. */
    public Condition awaitReason(ConditionType type, String reason) {
        return await(type + " with " + reason)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> condition(get(), type)
                                .filter(condition -> reason.equals(condition.getReason()))
                                .filter(condition -> Objects.equals(
                                        condition.getObservedGeneration(),
                                        get().getMetadata().getGeneration())),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Returns the BrrService as it is now. */
    public BrrService get() {
        return client().resources(BrrService.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** Returns the Deployment as it is now. */
    public Deployment deployment() {
        return client().apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** Returns the service's pods that do not end. */
    public List<Pod> pods() {
        return client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/instance", name)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Returns how many ReplicaSets there have been: one for each roll. */
    public List<ReplicaSet> replicaSets() {
        return client().apps().replicaSets().inNamespace(namespace).list().getItems();
    }

    /** Returns the base address of the service. */
    public String url() {
        return "http://"
                + client().services()
                        .inNamespace(namespace)
                        .withName(name)
                        .require()
                        .getSpec()
                        .getClusterIP();
    }

    /** Sends a GET with the key. */
    public HttpResponse<String> get(String path) {
        return Cluster.get(url() + path, Map.of("X-API-Key", KEY));
    }

    /** Returns a condition, if there is one. */
    public static Optional<Condition> condition(BrrService service, ConditionType type) {
        return Conditions.find(
                service.getStatus() == null ? null : service.getStatus().conditions(), type);
    }

    /** Returns the image that the Deployment runs. */
    public String image() {
        return deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** Deletes the BrrService. */
    public void delete() {
        client().resources(BrrService.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    @Override
    public void close() {
        client().namespaces().withName(namespace).delete();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    String name() {
        return name;
    }
}
