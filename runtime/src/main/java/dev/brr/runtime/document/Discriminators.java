package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the {@code discriminator}s of a document's schemas count (OpenAPI 3.1.1, section 4.8.25): the property that one
 * names is required, and its value alone decides which of the schemas holds.
 *
 * <p>Each choice among referenced schemas becomes a list of {@code if}/{@code then}, so that a violation is that of the
 * schema meant and not of every other one. A choice that also has inline schemas, which a discriminator cannot name,
 * stays a choice whose referenced schemas are bound to their names.
 */
final class Discriminators {
    private static final String COMPONENTS = "#/components/schemas/";

    private final Set<String> references = new TreeSet<>();
    private boolean found;

    private Discriminators() {}

    /** Gives the document as validators should read it: a copy, or the document itself if nothing changes. */
    static JsonNode applied(JsonNode root) {
        Discriminators discriminators = new Discriminators();
        discriminators.look(root);
        if (!discriminators.found) {
            return root;
        }
        JsonNode copy = root.deepCopy();
        KeywordObjects.visit(copy, (schema, pointer) -> {
            String property = schema.path("discriminator").path("propertyName").asString("");
            if (!property.isEmpty()) {
                discriminators.choice(schema, pointer, property);
            }
        });
        return copy;
    }

    private void look(JsonNode node) {
        found |= node.has("discriminator");
        if (References.isReference(node)) {
            references.add(node.get("$ref").stringValue());
        }
        node.forEach(this::look);
    }

    private void choice(ObjectNode schema, String pointer, String property) {
        for (String keyword : new String[] {"oneOf", "anyOf"}) {
            if (!(schema.get(keyword) instanceof ArrayNode branches) || branches.isEmpty()) {
                continue;
            }
            Map<String, Set<String>> names =
                    names(branches, schema.path("discriminator").path("mapping"));
            boolean inside = references.stream()
                    .anyMatch(reference -> reference.startsWith("#" + Pointer.child(pointer, keyword)));
            if (inside || names.size() < branches.size()) {
                bind(branches, names, property);
            } else {
                schema.remove(keyword);
                decide(schema, branches, names, property);
            }
        }
    }

    /** Each branch that is a reference to the values that stand for it; none is left out of the mapping's reach. */
    private static Map<String, Set<String>> names(ArrayNode branches, JsonNode mapping) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (JsonNode branch : branches) {
            if (References.isReference(branch)) {
                String reference = branch.get("$ref").stringValue();
                Set<String> values = new TreeSet<>();
                values.add(reference.substring(reference.lastIndexOf('/') + 1));
                mapping.forEachEntry((value, target) -> {
                    String to = target.asString("");
                    if (to.equals(reference) || (COMPONENTS + to).equals(reference)) {
                        values.add(value);
                    }
                });
                names.put(reference, values);
            }
        }
        return names;
    }

    private static void bind(ArrayNode branches, Map<String, Set<String>> names, String property) {
        for (JsonNode branch : branches) {
            if (References.isReference(branch) && branch instanceof ObjectNode object) {
                String reference = object.get("$ref").stringValue();
                ObjectNode referring = object.deepCopy();
                object.removeAll();
                ArrayNode both = object.putArray("allOf");
                both.add(referring);
                named(both.addObject(), property, names.getOrDefault(reference, Set.of()));
            }
        }
    }

    private static void decide(ObjectNode schema, ArrayNode branches, Map<String, Set<String>> names, String property) {
        ArrayNode all = schema.get("allOf") instanceof ArrayNode there ? there : schema.putArray("allOf");
        List<String> every = new ArrayList<>();
        names.values().forEach(every::addAll);
        named(all.addObject(), property, every);
        for (JsonNode branch : branches) {
            ObjectNode decision = all.addObject();
            Set<String> values = names.getOrDefault(branch.path("$ref").asString(""), Set.of());
            named(decision.putObject("if"), property, values);
            decision.set("then", branch);
        }
    }

    private static void named(ObjectNode schema, String property, Iterable<String> values) {
        schema.put("type", "object").putArray("required").add(property);
        ArrayNode allowed = schema.putObject("properties").putObject(property).putArray("enum");
        values.forEach(allowed::add);
    }
}
