package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A value that pods read as well, of the file that tests of the runtime read too.
 *
 * @param place of the schema, e.g. {@code spec.http.cors.origins[]}
 * @param takers who takes it, as the file says
 */
record PodSetting(String place, Takers takers, JsonNode value) {

    /** The words of the file, which says at its top what they mean. */
    enum Takers {
        both,
        neither,
        rule,
        pod
    }

    private static final Path FILE = Path.of("src", "test", "resources", "common", "pod-settings.yaml");
    /** Has a value at each place that is required beside one of the file's. */
    private static final String BESIDE =
            "{cors: {origins: ['https://beside.example']}, rateLimit: {requests: 1, seconds: 1}}";

    static List<PodSetting> all() {
        try {
            return Yaml.read(Files.readString(FILE)).properties().stream()
                    .flatMap(place -> place.getValue().properties().stream()
                            .flatMap(takers -> StreamSupport.stream(
                                            takers.getValue().spliterator(), false)
                                    .map(value ->
                                            new PodSetting(place.getKey(), Takers.valueOf(takers.getKey()), value))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isTakenByTheApiServer() {
        return takers == Takers.both;
    }

    /** Returns a BrrService that says it, as JSON. */
    String document() {
        var document = Yaml.read("{apiVersion: brr.dev/v1alpha1, kind: BrrService, metadata: {name: setting},"
                + " spec: {http: " + BESIDE + "}}");
        var steps = List.of(place.replace("[]", "").split("\\."));
        var holder = (ObjectNode) document;
        for (var step : steps.subList(0, steps.size() - 1)) {
            holder = holder.withObjectProperty(step);
        }
        holder.set(steps.getLast(), place.endsWith("[]") ? list() : value);
        return document.toString();
    }

    private ArrayNode list() {
        return new ObjectMapper().createArrayNode().add(value);
    }

    @Override
    public String toString() {
        return place + " " + value + " " + takers;
    }
}
