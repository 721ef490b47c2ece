package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.routing.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads one parameter out of a request, by its style and the shape of its schema. */
final class ParameterReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Parameter parameter;
    private final SchemaShape shape;
    private final Set<String> otherNames;

    /** @param otherNames the names of the other query parameters, which an exploded free-form object does not take */
    ParameterReader(Parameter parameter, SchemaShape shape, Set<String> otherNames) {
        this.parameter = parameter;
        this.shape = shape;
        this.otherNames = otherNames;
    }

    /** Reads the value; nothing when the request does not have it. */
    Optional<JsonNode> read(RequestParameters request) throws ParameterException {
        try {
            return switch (parameter.in()) {
                case PATH -> path(request.path().get(parameter.name()));
                case QUERY -> query(request.query());
                case HEADER -> header(request.header(parameter.name()));
                case COOKIE -> cookie(request);
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(String.valueOf(e.getMessage()));
        }
    }

    private boolean isArray() {
        return shape.allows(ValueType.ARRAY);
    }

    private boolean isObject() {
        return shape.allows(ValueType.OBJECT);
    }

    private Optional<JsonNode> path(@Nullable String raw) throws ParameterException {
        if (raw == null) {
            return Optional.empty();
        }
        if (parameter.mediaType().isPresent()) {
            return Optional.of(content(Percent.decode(raw)));
        }
        return Optional.of(
                switch (parameter.style()) {
                    case LABEL -> label(raw);
                    case MATRIX -> matrix(raw);
                    default -> simple(raw, true);
                });
    }

    private JsonNode simple(String raw, boolean percent) throws ParameterException {
        if (isArray()) {
            return array(Delimited.split(raw, ','), percent);
        }
        if (isObject()) {
            List<String> items = Delimited.split(raw, ',');
            return parameter.explode() ? assigned(items, percent) : alternating(items, percent);
        }
        return scalar(raw, percent);
    }

    private JsonNode label(String raw) throws ParameterException {
        if (!raw.startsWith(".")) {
            throw new ParameterException("has to begin with a dot: ." + parameter.name());
        }
        String rest = raw.substring(1);
        if (isArray()) {
            return array(Delimited.splitLabel(rest, parameter.explode()), true);
        }
        if (isObject()) {
            List<String> items = Delimited.splitLabel(rest, parameter.explode());
            return parameter.explode() ? assigned(items, true) : alternating(items, true);
        }
        return scalar(rest, true);
    }

    private JsonNode matrix(String raw) throws ParameterException {
        if (!raw.startsWith(";")) {
            throw new ParameterException("has to begin with a semicolon: ;" + parameter.name() + "=");
        }
        List<String> pairs = Delimited.split(raw.substring(1), ';');
        if (isObject() && parameter.explode()) {
            return assigned(pairs, true);
        }
        List<String> values = new ArrayList<>();
        for (String pair : pairs) {
            values.add(matrixValue(pair));
        }
        if (isArray()) {
            return array(parameter.explode() ? values : Delimited.split(String.join(",", values), ','), true);
        }
        if (isObject()) {
            return alternating(Delimited.split(String.join(",", values), ','), true);
        }
        return single(values, true);
    }

    private String matrixValue(String pair) throws ParameterException {
        if (pair.equals(parameter.name())) {
            return "";
        }
        if (!pair.startsWith(parameter.name() + "=")) {
            throw new ParameterException("has to be written as ;" + parameter.name() + "=");
        }
        return pair.substring(parameter.name().length() + 1);
    }

    private Optional<JsonNode> query(Query query) throws ParameterException {
        if (parameter.style() == Style.DEEP_OBJECT) {
            return deepObject(query);
        }
        if (isObject() && parameter.explode() && parameter.mediaType().isEmpty()) {
            return exploded(query);
        }
        return form(query.all(parameter.name()), true);
    }

    private Optional<JsonNode> cookie(RequestParameters request) throws ParameterException {
        return form(request.cookie(parameter.name()), true);
    }

    private Optional<JsonNode> form(List<String> raw, boolean percent) throws ParameterException {
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (parameter.mediaType().isPresent()) {
            return Optional.of(content(Percent.decodeForm(raw.getFirst())));
        }
        if (isArray() && parameter.explode()) {
            return Optional.of(array(raw, percent));
        }
        if (isArray() || isObject()) {
            List<String> items = new ArrayList<>();
            for (String one : raw) {
                items.addAll(Delimited.splitQuery(one, parameter.style()));
            }
            return Optional.of(isArray() ? array(items, percent) : alternating(items, percent));
        }
        return Optional.of(single(raw, percent));
    }

    private JsonNode single(List<String> raw, boolean percent) throws ParameterException {
        if (raw.size() != 1) {
            throw new ParameterException("takes one value and is given " + raw.size());
        }
        return scalar(raw.getFirst(), percent);
    }

    private Optional<JsonNode> exploded(Query query) {
        ObjectNode object = NODES.objectNode();
        for (Query.Pair pair : query.pairs()) {
            boolean ours = shape.properties().isEmpty()
                    ? !otherNames.contains(pair.name())
                    : shape.properties().containsKey(pair.name());
            if (ours) {
                property(object, pair.name(), pair.value());
            }
        }
        return object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    private Optional<JsonNode> deepObject(Query query) {
        ObjectNode object = NODES.objectNode();
        String prefix = parameter.name() + "[";
        for (Query.Pair pair : query.pairs()) {
            if (pair.name().startsWith(prefix) && pair.name().endsWith("]")) {
                property(
                        object,
                        pair.name().substring(prefix.length(), pair.name().length() - 1),
                        pair.value());
            }
        }
        return object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    private Optional<JsonNode> header(List<String> values) throws ParameterException {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String joined = String.join(",", values);
        return Optional.of(parameter.mediaType().isPresent() ? content(joined) : simple(joined, false));
    }

    private JsonNode content(String text) throws ParameterException {
        boolean json = parameter
                .mediaType()
                .flatMap(MediaType::parse)
                .map(MediaType::isJson)
                .orElse(false);
        return json
                ? Json.tree(text).orElseThrow(() -> new ParameterException("is not valid JSON"))
                : scalar(text, false);
    }

    private JsonNode scalar(String raw, boolean percent) {
        return TextValue.of(decode(raw, percent), shape);
    }

    private ArrayNode array(List<String> items, boolean percent) {
        ArrayNode array = NODES.arrayNode();
        for (String item : items) {
            array.add(TextValue.of(decode(item, percent), shape.item()));
        }
        return array;
    }

    /** Reads {@code R=100,G=200}, split already. */
    private ObjectNode assigned(List<String> items, boolean percent) throws ParameterException {
        ObjectNode object = NODES.objectNode();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw new ParameterException("has to be written as name=value pairs");
            }
            property(object, decode(item.substring(0, equals), percent), decode(item.substring(equals + 1), percent));
        }
        return object;
    }

    /** Reads {@code R,100,G,200}, split already. */
    private ObjectNode alternating(List<String> items, boolean percent) throws ParameterException {
        if (items.size() % 2 != 0) {
            throw new ParameterException("has to be written as names and values in turn");
        }
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < items.size(); i += 2) {
            property(object, decode(items.get(i), percent), decode(items.get(i + 1), percent));
        }
        return object;
    }

    private void property(ObjectNode object, String name, String text) {
        SchemaShape property = shape.properties().getOrDefault(name, SchemaShape.ANY);
        if (property.allows(ValueType.ARRAY)) {
            ArrayNode array = object.get(name) instanceof ArrayNode known ? known : object.putArray(name);
            array.add(TextValue.of(text, property.item()));
        } else {
            object.set(name, TextValue.of(text, property));
        }
    }

    private String decode(String raw, boolean percent) {
        if (!percent) {
            return raw.strip();
        }
        return parameter.in() == Location.QUERY ? Percent.decodeForm(raw) : Percent.decode(raw);
    }
}
