package dev.brr.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The cluster that the environment names. */
public final class Cluster implements AutoCloseable {

    /** The namespace that {@code scripts/install} puts the operator into. */
    public static final String OPERATOR_NAMESPACE = "brr-system";
    /** The operator's Deployment, ServiceAccount and Helm release. */
    public static final String OPERATOR = "brr-operator";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final KubernetesClient client;

    private Cluster(Config config) {
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Connects as the cluster's administrator. */
    public static Cluster asAdministrator() {
        return new Cluster(Config.fromKubeconfig(Path.of(variable("KUBECONFIG")).toFile()));
    }

    /** Connects as the operator's ServiceAccount, with nothing but the rights that the chart gave it. */
    public static Cluster asOperator() {
        var administrator =
                Config.fromKubeconfig(Path.of(variable("KUBECONFIG")).toFile());
        return new Cluster(new ConfigBuilder(administrator)
                .withImpersonateUsername("system:serviceaccount:" + OPERATOR_NAMESPACE + ":" + OPERATOR)
                .build());
    }

    /** Returns the client. */
    public KubernetesClient client() {
        return client;
    }

    /** Creates a namespace that enforces the restricted Pod Security Standard. */
    public void createNamespace(String name) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                        .endMetadata()
                        .build())
                .create();
    }

    /** Returns a variable of {@code scripts/env}. */
    public static String variable(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " is not set. Run scripts/up, then eval \"$(scripts/env)\".");
        }
        return value;
    }

    /** Asks Prometheus for an instant vector; returns its results. */
    public static List<JsonNode> prometheus(String query) {
        var response = get(
                variable("BRR_PROMETHEUS") + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8),
                Map.of());
        var body = json(response.body());
        if (!"success".equals(body.path("status").asText())) {
            throw new IllegalStateException(query + ": " + response.body());
        }
        return JSON.convertValue(
                body.at("/data/result"), JSON.getTypeFactory().constructCollectionType(List.class, JsonNode.class));
    }

    /** Sends a GET. */
    public static HttpResponse<String> get(String url, Map<String, String> headers) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
    }

    /** Sends a POST with a JSON body. */
    public static HttpResponse<String> post(String url, String body, Map<String, String> headers) {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    /** Sends a DELETE. */
    public static HttpResponse<String> delete(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).DELETE(), Map.of());
    }

    /** Parses JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** Returns what the audit log says the operator wrote since a number of bytes. */
    public static List<JsonNode> operatorWritesSince(long offset) {
        try (var log = Files.newByteChannel(auditLog())) {
            log.position(offset);
            var rest = new String(Channels.newInputStream(log).readAllBytes(), StandardCharsets.UTF_8);
            return rest.lines()
                    .filter(line -> line.endsWith("}"))
                    .map(Cluster::json)
                    .filter(event -> isOperator(event))
                    .filter(event ->
                            !"ResponseStarted".equals(event.path("stage").asText()))
                    .filter(event ->
                            !event.path("objectRef").path("resource").asText().equals("leases"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the audit log ends now. */
    public static long auditLogEnd() {
        try {
            return Files.size(auditLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static Path auditLog() {
        return Path.of(variable("BRR_AUDIT_LOG"));
    }

    private static boolean isOperator(JsonNode event) {
        var account = "system:serviceaccount:" + OPERATOR_NAMESPACE + ":" + OPERATOR;
        return account.equals(event.at("/user/username").asText())
                || account.equals(event.at("/impersonatedUser/username").asText());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
