package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.routing.Percent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads urlencoded forms, each property by its shape and its declared encoding. */
final class FormReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<ValueType> OBJECT = EnumSet.of(ValueType.OBJECT);
    private static final Encoding PLAIN = new Encoding(Optional.empty(), Style.FORM, true);

    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;
    private final Map<String, ParameterReader> styledObjects = new LinkedHashMap<>();
    private final Set<String> json = new HashSet<>();

    FormReader(SchemaShape shape, Map<String, Encoding> encodings) {
        this.shape = shape;
        this.encodings = encodings;
        Map<Parameter, SchemaShape> styled = new LinkedHashMap<>();
        encodings.forEach((name, encoding) -> {
            SchemaShape property = shape.properties().get(name);
            if (encoding.contentType().filter(FormReader::isJson).isPresent()) {
                json.add(name);
            } else if (encoding.contentType().isEmpty() && property != null && property.allows(ValueType.OBJECT)) {
                styled.put(styledObject(name, encoding), encoding.explode() ? property.withTypes(OBJECT) : property);
            }
        });
        styled.forEach((parameter, property) -> styledObjects.put(
                parameter.name(),
                new ParameterReader(
                        parameter,
                        property,
                        ClaimedNames.besides(
                                parameter, styled, shape.properties().keySet()))));
    }

    /** Whether all the media types of an encoding are JSON. */
    private static boolean isJson(String contentTypes) {
        return Arrays.stream(contentTypes.split(","))
                .allMatch(one -> MediaType.parse(one).filter(MediaType::isJson).isPresent());
    }

    /** An object whose style is declared is written as it would be in a query. */
    private static Parameter styledObject(String name, Encoding encoding) {
        return new Parameter(
                name,
                Parameter.Location.QUERY,
                encoding.style(),
                encoding.explode(),
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a declared style says how a field of a name is written: as a part of an object, or with several items. */
    boolean hasStyle(String name) {
        Encoding encoding = encodings.getOrDefault(name, PLAIN);
        boolean isList = !encoding.explode() && shape.property(name).allows(ValueType.ARRAY);
        return isList || isPartOfObject(name);
    }

    private boolean isPartOfObject(String name) {
        return !styledObjects.isEmpty() && styledObjects.values().stream().anyMatch(reader -> reader.takes(name));
    }

    /**
     * Reads a form.
     *
     * @throws IllegalArgumentException with a message for the client when a field is not well encoded
     */
    ObjectNode read(Query form) {
        ObjectNode object = NODES.objectNode();
        styledObjects.forEach((name, reader) -> reader.read(form).ifPresent(value -> object.set(name, value)));
        Set<String> repeated =
                json.isEmpty() ? Set.of() : repeated(form.pairs().stream().map(Query.Pair::name));
        for (Query.Pair pair : form.pairs()) {
            if (json.contains(pair.name())) {
                putJson(object, pair, repeated.contains(pair.name()));
            } else if (!isPartOfObject(pair.name())) {
                put(object, pair);
            }
        }
        return object;
    }

    /** The names that come more than once. */
    static Set<String> repeated(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        return names.filter(name -> !seen.add(name)).collect(Collectors.toSet());
    }

    /** A list comes item by item, or as one JSON array where no item can be meant by that. */
    private void putJson(ObjectNode object, Query.Pair pair, boolean repeated) {
        JsonNode value = Json.treeIfJson(pair.value())
                .orElseThrow(() -> new IllegalArgumentException("the field " + pair.name() + " is not valid JSON"));
        SchemaShape property = shape.property(pair.name());
        if (repeated || property.isItem(value)) {
            arrayOf(object, pair.name()).add(value);
        } else {
            object.set(pair.name(), value);
        }
    }

    private void put(ObjectNode object, Query.Pair pair) {
        SchemaShape property = shape.property(pair.name());
        if (property.allows(ValueType.ARRAY) || object.has(pair.name())) {
            Encoding encoding = encodings.getOrDefault(pair.name(), PLAIN);
            List<String> items = encoding.explode()
                    ? List.of(pair.rawValue())
                    : Delimited.splitQuery(pair.rawValue(), encoding.style());
            ArrayNode array = arrayOf(object, pair.name());
            items.forEach(item -> array.add(field(
                    Percent.decodeForm(item),
                    property.allows(ValueType.ARRAY) ? property.item(array.size()) : property)));
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
