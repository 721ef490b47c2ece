package dev.brr.operator.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.brr.api.v1alpha1.MemoryMeasure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code /malloc} of a pod. */
public final class PodMallocReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * Asks a pod.
     *
     * @param ip the pod's address
     * @param port its management port
     */
    public PodReading read(String ip, int port) throws InterruptedException {
        var host = ip.contains(":") ? "[" + ip + "]" : ip;
        var request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/malloc"))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? parse(response.body())
                    : new PodReading.Unread("/malloc answered " + response.statusCode());
        } catch (IOException e) {
            return new PodReading.Unread("/malloc did not answer: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    /** Reads the report that the service runtime writes. */
    static PodReading parse(String body) {
        try {
            var report = JSON.readTree(body);
            if (!report.path("loaded").isBoolean()) {
                return new PodReading.Unread("/malloc answered something else than an allocator's report");
            }
            if (!report.path("loaded").booleanValue()) {
                return new PodReading.Absent(
                        text(report, "explanation").isEmpty() ? text(report, "reason") : text(report, "explanation"));
            }
            var effective = new LinkedHashMap<String, String>();
            report.path("effective")
                    .properties()
                    .forEach(option ->
                            effective.put(option.getKey(), option.getValue().asText()));
            return new PodReading.Loaded(effective, hungriest(report.path("hungriestOperation")));
        } catch (IOException e) {
            return new PodReading.Unread("/malloc answered no JSON");
        }
    }

    /** Returns nothing for what an image of its own may write there otherwise: it says nothing of the tuning. */
    private static PodReading.@Nullable Hungriest hungriest(JsonNode report) {
        @Nullable
        MemoryMeasure measure = switch (text(report, "measure")) {
            case "inUse" -> MemoryMeasure.InUse;
            case "allocated" -> MemoryMeasure.AllocatedSinceStart;
            default -> null;
        };
        var operation = text(report, "operationId");
        var bytes = report.path("bytes");
        return measure == null || operation.isBlank() || !bytes.canConvertToLong() || bytes.longValue() < 0
                ? null
                : new PodReading.Hungriest(operation, measure, bytes.longValue());
    }

    private static String text(JsonNode report, String field) {
        return report.path(field).asText("");
    }
}
