package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.routing.Percent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads urlencoded forms, each property by its shape and its declared encoding. */
final class FormReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Encoding PLAIN = new Encoding(Optional.empty(), Style.FORM, true);

    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;
    private final Map<String, ParameterReader> styledObjects = new HashMap<>();

    FormReader(SchemaShape shape, Map<String, Encoding> encodings) {
        this.shape = shape;
        this.encodings = encodings;
        shape.properties().forEach((name, property) -> {
            Encoding encoding = encodings.get(name);
            if (encoding != null && encoding.contentType().isEmpty() && property.allows(ValueType.OBJECT)) {
                styledObjects.put(name, styledObject(name, encoding, property));
            }
        });
    }

    /** An object whose style is declared is written as it would be in a query. */
    private ParameterReader styledObject(String name, Encoding encoding, SchemaShape property) {
        Parameter parameter = new Parameter(
                name,
                Parameter.Location.QUERY,
                encoding.style(),
                encoding.explode(),
                false,
                false,
                Optional.empty(),
                Optional.empty());
        return new ParameterReader(parameter, property, shape.properties().keySet());
    }

    /**
     * Reads a form.
     *
     * @throws IllegalArgumentException with a message for the client when a field is not well encoded
     */
    ObjectNode read(Query form) {
        ObjectNode object = NODES.objectNode();
        styledObjects.forEach((name, reader) -> reader.read(form).ifPresent(value -> object.set(name, value)));
        for (Query.Pair pair : form.pairs()) {
            if (styledObjects.values().stream().noneMatch(reader -> reader.takes(pair.name()))) {
                put(object, pair);
            }
        }
        return object;
    }

    private void put(ObjectNode object, Query.Pair pair) {
        SchemaShape property = shape.property(pair.name());
        if (property.allows(ValueType.ARRAY) || object.has(pair.name())) {
            Encoding encoding = encodings.getOrDefault(pair.name(), PLAIN);
            List<String> items = encoding.explode()
                    ? List.of(pair.rawValue())
                    : Delimited.splitQuery(pair.rawValue(), encoding.style());
            ArrayNode array = arrayOf(object, pair.name());
            SchemaShape one = property.allows(ValueType.ARRAY) ? property.item() : property;
            items.forEach(item -> array.add(field(Percent.decodeForm(item), one)));
        } else {
            object.set(pair.name(), field(pair.value(), property));
        }
    }

    /** Gives the form with the commas written out that may be meant to delimit items ({@link Delimited#plainCommas}). */
    Query plainCommas(Query form) {
        return new Query(form.pairs().stream().map(this::plainCommas).toList());
    }

    private Query.Pair plainCommas(Query.Pair pair) {
        Encoding encoding = encodings.getOrDefault(pair.name(), PLAIN);
        return encoding.explode() || encoding.style() != Style.FORM
                ? pair
                : new Query.Pair(pair.name(), Delimited.plainCommas(pair.rawValue()));
    }

    /** The list of a name, which begins with the value that is there already: what comes twice is a list. */
    static ArrayNode arrayOf(ObjectNode object, String name) {
        JsonNode known = object.get(name);
        if (known instanceof ArrayNode array) {
            return array;
        }
        ArrayNode array = object.putArray(name);
        if (known != null) {
            array.add(known);
        }
        return array;
    }

    /** An object in a form without a style is written as JSON. */
    static JsonNode field(String text, SchemaShape property) {
        if (property.allows(ValueType.OBJECT) && text.startsWith("{")) {
            return Json.treeIfJson(text).orElseGet(() -> NODES.stringNode(text));
        }
        return TextValue.of(text, property);
    }
}
