package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The real API server that KUBECONFIG names, with the generated CRD and a namespace of the test's own. */
final class ApiServer implements AutoCloseable {

    static final String STRICT_DRY_RUN = "?dryRun=All&fieldValidation=Strict";
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private static final String APPLY_PATCH = "application/apply-patch+yaml";
    private static final String CRD = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/brrservices.brr.dev";
    private static final String PUBLISHED = "/openapi/v3/apis/brr.dev/v1alpha1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> COMPARED = Set.of(
            "description",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "pattern");

    private final KubernetesClient client;
    private final String namespace;

    private ApiServer(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** What the API server said: its status, its body, and its Warning headers. */
    record Answer(int status, JsonNode body, List<String> warnings) {

        String message() {
            return body.path("message").asText();
        }

        Answer expecting(int wanted) {
            assertThat(status).as(() -> body.toPrettyString()).isEqualTo(wanted);
            return this;
        }
    }

    /** Connects, brings the CRD to what the records say, and makes a namespace. An installed CRD stays installed. */
    static ApiServer connect() {
        var client = new KubernetesClientBuilder().withConfig(config()).build();
        var namespace =
                client.resource(namespace("brr-api-it-")).create().getMetadata().getName();
        var server = new ApiServer(client, namespace);
        server.applyCrd();
        return server;
    }

    String namespace() {
        return namespace;
    }

    /** Returns the path of the BrrServices of the test's namespace. */
    String services() {
        return "/apis/brr.dev/v1alpha1/namespaces/" + namespace + "/brrservices";
    }

    /** Lets the API server judge a BrrService, defaults and all, without keeping it. */
    Answer tryCreate(String document) {
        return send("POST", services() + STRICT_DRY_RUN, "application/yaml", JSON, document);
    }

    Answer get(String path) {
        return send("GET", path, JSON, JSON, "");
    }

    Answer send(String method, String path, String contentType, String accept, String body) {
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path))
                .method(method, contentType, method.equals("GET") ? null : body)
                .setHeader("Accept", accept)
                .build();
        return client.getHttpClient()
                .sendAsync(request, String.class)
                .thenApply(ApiServer::answer)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Runs kubectl as a user does and returns what it printed; fails with that where it fails. */
    String kubectl(String... arguments) {
        var command = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(() -> command + ": " + printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl has to be on PATH; scripts/env puts it there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    private void applyCrd() {
        var apply = CRD + "?fieldManager=brr-crd-test&force=true";
        // 201 on a cluster that had none.
        var applied = send("PATCH", apply, APPLY_PATCH, JSON, CrdYaml.generate());
        assertThat(applied.status()).as(() -> applied.body().toPrettyString()).isIn(200, 201);
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("brrservices.brr.dev")
                .waitUntilCondition(
                        crd -> crd != null
                                && crd.getStatus() != null
                                && crd.getStatus().getConditions().stream()
                                        .anyMatch(each -> each.getType().equals("Established")
                                                && each.getStatus().equals("True")),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
        // Established says that a version is served, not that it is this one; what is published lags behind a little.
        var wanted = limits(CrdYaml.schema(CrdSchema.generated().crd()));
        await("the API server publishes this CRD")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(limits(published())).containsAll(wanted));
    }

    /** Returns the schema of a BrrService as API clients and kubectl explain get it. */
    JsonNode published() {
        return get(PUBLISHED).body().at("/components/schemas/dev.brr.v1alpha1.BrrService");
    }

    private static Set<String> limits(JsonNode schema) {
        var limits = new TreeSet<String>();
        collect("", schema, limits);
        return limits;
    }

    private static void collect(String path, JsonNode schema, Set<String> limits) {
        for (Map.Entry<String, JsonNode> field : schema.properties()) {
            var value = field.getValue();
            if (COMPARED.contains(field.getKey()) && value.isValueNode()) {
                var text = value.isNumber()
                        ? value.decimalValue().stripTrailingZeros().toPlainString()
                        : value.asText();
                limits.add(path + " " + field.getKey() + " " + text);
            }
            collect(path + "/" + field.getKey(), value, limits);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            var body = response.bodyString();
            var tree = body.isEmpty() ? JsonNodeFactory.instance.missingNode() : StrictMapper.MAPPER.readTree(body);
            return new Answer(response.code(), tree, response.headers("Warning"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Namespace namespace(String prefix) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName(prefix)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build();
    }

    /** The API server answers some refusals with 500, which the client would ask ten times for. */
    private static Config config() {
        return new ConfigBuilder(Config.fromKubeconfig(Path.of(kubeconfig()).toFile()))
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static String kubeconfig() {
        var value = System.getenv("KUBECONFIG");
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("KUBECONFIG is not set. Run scripts/up, then eval \"$(scripts/env)\".");
        }
        return value;
    }
}
