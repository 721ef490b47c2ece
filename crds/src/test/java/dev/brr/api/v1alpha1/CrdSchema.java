package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.api.v1alpha1.SchemaNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Walks the generated CRD's schema, outer places before inner ones, in the order of the YAML. */
final class CrdSchema {

    private final JsonNode crd;
    private final List<SchemaNode> nodes = new ArrayList<>();

    private CrdSchema(JsonNode crd) {
        this.crd = crd;
        walk("", Kind.ROOT, false, CrdYaml.schema(crd));
    }

    static CrdSchema generated() {
        return new CrdSchema(Yaml.read(CrdYaml.generate()));
    }

    /** Returns the whole CRD. */
    JsonNode crd() {
        return crd;
    }

    /** Returns every place: the root, properties, entries of lists and values of maps. */
    List<SchemaNode> nodes() {
        return nodes;
    }

    /** Returns the places below {@code spec}, and it. */
    Stream<SchemaNode> spec() {
        return nodes.stream().filter(node -> node.path().equals("spec") || node.isUnder("spec"));
    }

    Stream<SchemaNode> properties() {
        return nodes.stream().filter(node -> node.kind() == Kind.PROPERTY);
    }

    Stream<SchemaNode> ofType(String type) {
        return nodes.stream().filter(node -> node.type().equals(type));
    }

    SchemaNode at(String path) {
        return nodes.stream()
                .filter(node -> node.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The schema has no " + path));
    }

    private void walk(String path, Kind kind, boolean required, JsonNode schema) {
        nodes.add(new SchemaNode(path, kind, required, schema));
        schema.path("properties").properties().forEach(property -> {
            var name = property.getKey();
            walk(path.isEmpty() ? name : path + "." + name, Kind.PROPERTY, requires(schema, name), property.getValue());
        });
        if (schema.has("items")) {
            walk(path + "[]", Kind.ENTRY, false, schema.get("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            walk(path + ".*", Kind.VALUE, false, schema.get("additionalProperties"));
        }
    }

    private static boolean requires(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(each -> each.asText().equals(name));
    }
}
