package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.api.v1alpha1.SchemaNode.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Writes the reference of the API from the generated CRD: one table an object, with what refuses a value beside it. */
final class CrdReference {

    /** The committed file, relative to this module. */
    static final Path COMMITTED = Path.of("..", "docs", "reference", "brrservice.md");

    private static final String PROSE = """

            Nothing in the spec is required: a BrrService of a name alone runs the bundled pet store.
            [brrservice-complete.yaml](brrservice-complete.yaml) shows every field at work.
            `kubectl explain brrservice.spec` tells the same as this page.

            A value outside its bounds, an unknown field and a broken rule are refused by the API server when the object is
            applied, and the message names the field. What only the operator can tell, for example that the document does not
            parse or that jemalloc has no such option, is reported in the conditions of the status, and the pods that run go
            on serving.
            """;

    private final CrdSchema schema;

    private CrdReference(CrdSchema schema) {
        this.schema = schema;
    }

    /** Returns the page as Markdown. */
    static String generate() {
        return new CrdReference(CrdSchema.generated()).page();
    }

    private String page() {
        return Stream.concat(Stream.of(introduction()), objects().map(this::section))
                .collect(Collectors.joining("\n"));
    }

    private String introduction() {
        var root = schema.at("");
        return heading(root.schema().get("description").asText())
                + PROSE
                + rules(root).map(text -> "\n" + text).orElse("");
    }

    private String heading(String text) {
        var spec = schema.crd().get("spec");
        var names = spec.get("names");
        var version = spec.at("/versions/0");
        return """
                # BrrService

                <!-- Generated from the CRD; do not edit. scripts/generate writes it anew. -->

                %s

                | | |
                |---|---|
                | API version | `%s/%s` |
                | Kind | `%s` |
                | Resource | `%s`, in short `%s`; in a namespace; part of `kubectl get %s` |
                | Subresources | %s |
                | Columns | %s |
                """.formatted(
                        text,
                        spec.get("group").asText(),
                        version.get("name").asText(),
                        names.get("kind").asText(),
                        names.get("plural").asText(),
                        texts(names.get("shortNames")).collect(Collectors.joining("`, `")),
                        texts(names.get("categories")).collect(Collectors.joining("`, `")),
                        fieldNames(version.get("subresources")),
                        columns(version.get("additionalPrinterColumns")));
    }

    private static String fieldNames(JsonNode object) {
        return object.properties().stream()
                .map(field -> "`" + field.getKey() + "`")
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String columns(JsonNode columns) {
        return StreamSupport.stream(columns.spliterator(), false)
                .map(column -> column.get("name").asText()
                        + (column.get("priority").asInt() > 0 ? " (with `--output wide`)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Returns what has fields of its own: objects, and the entries of lists of objects. */
    private Stream<SchemaNode> objects() {
        return schema.nodes().stream()
                .filter(node -> node.kind() != Kind.ROOT && node.schema().has("properties"));
    }

    private String section(SchemaNode object) {
        var lines = new ArrayList<String>();
        lines.add("#".repeat(object.path().contains(".") ? 3 : 2) + " " + object.path());
        lines.add("");
        textOf(object).ifPresent(text -> lines.addAll(List.of(text, "")));
        lines.add("| Field | Type | Default | Bounds | Meaning |");
        lines.add("|---|---|---|---|---|");
        fieldsOf(object).map(field -> row(object, field)).forEach(lines::add);
        lines.add("");
        rules(object).ifPresent(lines::add);
        fieldsOf(object)
                .filter(field -> !field.schema().has("properties"))
                .flatMap(field -> rules(field).stream())
                .forEach(lines::add);
        return String.join("\n", lines);
    }

    private Optional<String> textOf(SchemaNode object) {
        return switch (object.kind()) {
            case ENTRY -> Optional.of("An entry of [" + listOf(object) + "](#" + anchor(parentOf(object)) + ").");
            default -> Optional.of(object.schema().get("description").asText());
        };
    }

    private static String listOf(SchemaNode entry) {
        return entry.path().substring(0, entry.path().length() - "[]".length());
    }

    private SchemaNode parentOf(SchemaNode entry) {
        var list = listOf(entry);
        return schema.at(list.substring(0, list.lastIndexOf('.')));
    }

    private Stream<SchemaNode> fieldsOf(SchemaNode object) {
        return schema.properties()
                .filter(node -> node.isUnder(object.path())
                        && !node.path().substring(object.path().length() + 1).contains("."));
    }

    private String row(SchemaNode object, SchemaNode field) {
        var name = field.path().substring(object.path().length() + 1);
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        name,
                        type(field),
                        defaultOf(field),
                        bounds(field),
                        escaped(field.schema().get("description").asText()));
    }

    private String type(SchemaNode field) {
        return switch (field.type()) {
            case "object" ->
                field.isMap() ? "map of " + schema.at(field.path() + ".*").type() : "[object](#" + anchor(field) + ")";
            case "array" -> {
                var entry = schema.at(field.path() + "[]");
                yield "list of "
                        + (entry.schema().has("properties") ? "[objects](#" + anchor(entry) + ")" : entry.type());
            }
            default -> field.type();
        };
    }

    private static String defaultOf(SchemaNode field) {
        var value = field.schema().path("default");
        return value.isMissingNode() || value.isObject() ? "" : "`" + value.asText() + "`";
    }

    private String bounds(SchemaNode field) {
        var bounds = new ArrayList<String>();
        if (field.required()) {
            bounds.add("required");
        }
        limits(field, "").forEach(bounds::add);
        if (field.isMap()) {
            limits(schema.at(field.path() + ".*"), "each ").forEach(bounds::add);
        }
        if (field.type().equals("array")) {
            limits(schema.at(field.path() + "[]"), "each ").forEach(bounds::add);
        }
        return String.join("; ", bounds);
    }

    private static Stream<String> limits(SchemaNode node, String whose) {
        return Stream.of(
                        choices(node),
                        range(node, "minimum", "maximum", "%s"),
                        range(node, "minLength", "maxLength", "%s characters"),
                        range(node, "minItems", "maxItems", "%s entries"),
                        range(node, "minProperties", "maxProperties", "%s entries"),
                        uniqueness(node),
                        pattern(node))
                .flatMap(Optional::stream)
                .map(text -> whose + text);
    }

    private static Optional<String> choices(SchemaNode node) {
        return Optional.ofNullable(node.schema().get("enum"))
                .map(choices ->
                        "one of " + texts(choices).map(CrdReference::code).collect(Collectors.joining(", ")));
    }

    private static Optional<String> range(SchemaNode node, String least, String most, String unit) {
        if (node.schema().has("enum")) {
            return Optional.empty();
        }
        var from = Optional.ofNullable(node.schema().get(least)).map(JsonNode::asText);
        var to = Optional.ofNullable(node.schema().get(most)).map(JsonNode::asText);
        var text = from.isPresent()
                ? from.flatMap(low -> to.map(high -> low + " to " + high)).or(() -> from.map(low -> "at least " + low))
                : to.map(high -> "at most " + high);
        return text.map(unit::formatted);
    }

    private static Optional<String> uniqueness(SchemaNode node) {
        return switch (node.schema().path("x-kubernetes-list-type").asText()) {
            case "set" -> Optional.of("no entry twice");
            case "map" ->
                Optional.of("no "
                        + texts(node.schema().get("x-kubernetes-list-map-keys"))
                                .map(CrdReference::code)
                                .collect(Collectors.joining(", "))
                        + " twice");
            default -> Optional.empty();
        };
    }

    private static Optional<String> pattern(SchemaNode node) {
        return Optional.ofNullable(node.schema().get("pattern")).map(pattern -> code(escaped(pattern.asText())));
    }

    private static Optional<String> rules(SchemaNode node) {
        var messages = node.ruleMessages();
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.stream()
                        .map(message -> "- " + message + ".\n")
                        .collect(Collectors.joining(
                                "", "What breaks one of these rules is refused with its words:\n\n", "")));
    }

    /** Returns the anchor that GitHub gives a heading: lower case, without punctuation. */
    private static String anchor(SchemaNode node) {
        return node.path().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** A bar ends a cell, in code too. */
    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
