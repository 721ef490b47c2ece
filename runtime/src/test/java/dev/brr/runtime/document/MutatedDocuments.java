package dev.brr.runtime.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Valid documents with one value changed, as an author's slip would leave them. */
public final class MutatedDocuments {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Each has keywords and forms that the others do not. */
    public static final List<String> NAMES = List.of(
            "every-component.yaml",
            "openapi-3.0.yaml",
            "yaml-anchors.yaml",
            "recursive-schema.yaml",
            "mixed-segments.yaml");

    /** What may come to stand anywhere. */
    public static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e300",
            "\"\"",
            "\"text\"",
            "\"{\"",
            "\"/{a}{b}\"",
            "\"application/json; q=\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[\"integer\",\"null\"]",
            "{\"$ref\":1}",
            "{\"$ref\":\"#/info\"}",
            "{\"$ref\":\"#/components/schemas/Pet\"}",
            "{\"$ref\":\"\"}",
            "{\"\":{}}",
            "{\"$ref\":\"#/%zz\"}",
            "{\"type\":[]}",
            "{\"type\":\"array\",\"minItems\":3}",
            "{\"not\":{}}",
            "{\"pattern\":\"(?<=a+)b\"}",
            "[{\"name\":null,\"in\":null}]");

    private MutatedDocuments() {}

    /** The text of a valid document of the corpus. */
    public static String text(String name) {
        try (InputStream in = MutatedDocuments.class.getResourceAsStream("/documents/valid/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many changes of a document there are with one value. */
    public static int places(String name) {
        return places(MAPPER.readTree(ServiceDocument.asJson(text(name))), MAPPER.nullNode())
                .size();
    }

    /** The document with the value in one of its places, or with what stood there left out; JSON. */
    public static String of(String name, int place, String value) {
        JsonNode root = MAPPER.readTree(ServiceDocument.asJson(text(name)));
        List<Runnable> places = places(root, MAPPER.readTree(value));
        places.get(place % places.size()).run();
        return root.toString();
    }

    private static List<Runnable> places(JsonNode node, JsonNode value) {
        List<Runnable> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.forEachEntry((key, child) -> {
                places.add(() -> object.set(key, value));
                places.add(() -> object.remove(key));
                places.addAll(places(child, value));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value));
                places.addAll(places(array.get(i), value));
            }
        }
        return places;
    }
}
