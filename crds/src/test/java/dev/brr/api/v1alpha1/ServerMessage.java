package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A limit that the schema sets, with the words in which the API server speaks of it (kube-openapi's validation and
 * apimachinery's field errors, Kubernetes 1.34).
 *
 * @param path the limited place, as {@link SchemaNode#path()}
 * @param keyword of JSON Schema, or {@code rule} for one of CEL
 * @param words a regular expression
 */
record ServerMessage(String path, String keyword, String words) {

    private static final Map<String, String> WORDS = Map.of(
            "minimum", " in body should be greater than or equal to %s\\b",
            "maximum", " in body should be less than or equal to %s\\b",
            "minLength", " in body should be at least %s chars long",
            "maxLength", ": Too long: may not be more than %s bytes",
            "minItems", " in body should have at least %s items",
            "maxItems", ": Too many: [0-9]+: must have at most %s items",
            "maxProperties", ": Too many: [0-9]+: must have at most %s items",
            "pattern", " in body should match ",
            "enum", ": Unsupported value: ");

    /** Returns every limit of a place. */
    static Stream<ServerMessage> limitsOf(SchemaNode node) {
        var path = pathPattern(node.path());
        var keywords = WORDS.entrySet().stream()
                .filter(entry -> node.schema().has(entry.getKey()))
                .map(entry -> of(node, entry.getKey(), path + words(entry, node.schema())));
        var required = node.required() ? Stream.of(of(node, "required", path + ": Required value")) : none();
        var type = node.type().contains(" ")
                ? none()
                : Stream.of(of(node, "type", path + " in body must be of type " + node.type()));
        var unique =
                hasUniqueEntries(node) ? Stream.of(of(node, "unique", path + "\\[[0-9]+]: Duplicate value: ")) : none();
        var rules = node.ruleMessages().stream().map(message -> of(node, "rule", Pattern.quote(message)));
        return Stream.of(keywords, required, type, unique, rules).flatMap(each -> each);
    }

    boolean isIn(String message) {
        return Pattern.compile(words).matcher(message).find();
    }

    private static boolean hasUniqueEntries(SchemaNode node) {
        var type = node.schema().path("x-kubernetes-list-type").asText();
        return type.equals("set") || type.equals("map");
    }

    private static Stream<ServerMessage> none() {
        return Stream.empty();
    }

    private static ServerMessage of(SchemaNode node, String keyword, String words) {
        return new ServerMessage(node.path(), keyword, words);
    }

    private static String words(Map.Entry<String, String> entry, JsonNode schema) {
        return entry.getValue().formatted(schema.get(entry.getKey()).asText());
    }

    private static String pathPattern(String path) {
        return "\\b" + path.replace(".", "\\.").replace("*", "[a-z0-9_]+").replace("[]", "\\[[0-9]+]");
    }

    @Override
    public String toString() {
        return path + " " + keyword;
    }
}
