package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.routing.Percent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
    private final ObjectText objects;
    private final ClaimedNames claimed;
    /** Reads what is no exploded object by the parameter's name; null where it can be nothing else. */
    private final @Nullable ParameterReader named;

    /** @param claimed the names that an exploded free-form object does not take */
    ParameterReader(Parameter parameter, SchemaShape shape, ClaimedNames claimed) {
        this.parameter = parameter;
        this.shape = shape;
        this.objects = new ObjectText(shape);
        this.claimed = claimed;
        boolean orElse = shape.types().size() > 1 && shape.allows(ValueType.OBJECT);
        this.named = orElse ? new ParameterReader(parameter, withoutObjects(shape), claimed) : null;
    }

    private static SchemaShape withoutObjects(SchemaShape shape) {
        EnumSet<ValueType> types = EnumSet.copyOf(shape.types());
        types.remove(ValueType.OBJECT);
        return shape.withTypes(types);
    }

    /** The reader of the same parameter by another shape. */
    ParameterReader with(SchemaShape other) {
        return new ParameterReader(parameter, other, claimed);
    }

    SchemaShape shape() {
        return shape;
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

    /**
     * Reads the value with other delimiters, as a client may mean it that encodes the commas between items as well, or whose
     * label has dots in its items; of use when what {@link #read} gives does not hold.
     *
     * @return nothing when there is no such reading
     */
    Optional<JsonNode> readOtherDelimiters(RequestParameters request) {
        if (parameter.explode()
                || !(isArray() || isObject())
                || parameter.mediaType().isPresent()) {
            return Optional.empty();
        }
        try {
            return switch (parameter.style()) {
                case FORM -> encodedCommas(request);
                case LABEL -> dotsInItems(request.path().getOrDefault(parameter.name(), ""));
                default -> Optional.empty();
            };
        } catch (ParameterException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> encodedCommas(RequestParameters request) throws ParameterException {
        List<String> raw = parameter.in() == Location.QUERY
                ? request.query().all(parameter.name())
                : request.cookie(parameter.name());
        List<String> plain = raw.stream().map(Delimited::plainCommas).toList();
        return plain.equals(raw) ? Optional.empty() : form(plain, true);
    }

    private Optional<JsonNode> dotsInItems(String raw) throws ParameterException {
        return raw.startsWith(".") ? Optional.of(items(Delimited.split(raw.substring(1), ','))) : Optional.empty();
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
            return parameter.explode()
                    ? objects.assigned(items, text -> decode(text, percent))
                    : objects.alternating(items, text -> decode(text, percent));
        }
        return scalar(raw, percent);
    }

    private JsonNode label(String raw) throws ParameterException {
        if (!raw.startsWith(".")) {
            throw new ParameterException("has to begin with a dot: ." + parameter.name());
        }
        String rest = raw.substring(1);
        return isArray() || isObject() ? items(Delimited.splitLabel(rest, parameter.explode())) : scalar(rest, true);
    }

    /** Makes the list or object of a path of its items. */
    private JsonNode items(List<String> items) throws ParameterException {
        if (isArray()) {
            return array(items, true);
        }
        return parameter.explode()
                ? objects.assigned(items, text -> decode(text, true))
                : objects.alternating(items, text -> decode(text, true));
    }

    private JsonNode matrix(String raw) throws ParameterException {
        List<String> pairs = Delimited.matrixPairs(raw, parameter.name());
        if (isObject() && parameter.explode()) {
            return objects.assigned(pairs, text -> decode(text, true));
        }
        List<String> values = Delimited.matrixValues(pairs, parameter.name());
        if (isArray()) {
            return array(parameter.explode() ? values : Delimited.split(String.join(",", values), ','), true);
        }
        if (isObject()) {
            return objects.alternating(Delimited.split(String.join(",", values), ','), text -> decode(text, true));
        }
        return single(values, true);
    }

    /**
     * Reads the value out of a query or a urlencoded form.
     *
     * @throws IllegalArgumentException when its text is not of the style
     */
    Optional<JsonNode> read(Query query) {
        try {
            return query(query);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(parameter.name() + " " + e.getMessage(), e);
        }
    }

    /** Whether a name in a query or form is a part of this object. */
    boolean takes(String name) {
        if (parameter.style() == Style.DEEP_OBJECT) {
            return new DeepObject(parameter.name(), shape).takes(name);
        }
        if (!parameter.explode()) {
            return name.equals(parameter.name());
        }
        return shape.declares(name) || (shape.isFree() && !claimed.test(name));
    }

    private Optional<JsonNode> query(Query query) throws ParameterException {
        if (parameter.style() == Style.DEEP_OBJECT) {
            return new DeepObject(parameter.name(), shape).read(query);
        }
        if (isObject() && parameter.explode() && parameter.mediaType().isEmpty()) {
            Optional<JsonNode> object = exploded(query);
            return object.isPresent() || named == null ? object : named.query(query);
        }
        return form(query.all(parameter.name()), true);
    }

    private Optional<JsonNode> cookie(RequestParameters request) throws ParameterException {
        boolean exploded = parameter.explode() && (isArray() || isObject());
        if (!exploded || parameter.mediaType().isPresent()) {
            return form(request.cookie(parameter.name()), true);
        }
        if (isArray()) {
            return form(
                    Cookies.exploded(request.header("cookie"), parameter.name()::equals)
                            .all(parameter.name()),
                    true);
        }
        Optional<JsonNode> object = exploded(Cookies.exploded(request.header("cookie"), this::takes));
        return object.isPresent() || named == null ? object : named.cookie(request);
    }

    private Optional<JsonNode> form(List<String> raw, boolean percent) throws ParameterException {
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (parameter.mediaType().isPresent()) {
            if (raw.size() != 1) {
                throw new ParameterException("takes one value and is given " + raw.size());
            }
            return Optional.of(content(decode(raw.getFirst(), true)));
        }
        if (isArray() && parameter.explode()) {
            return Optional.of(array(raw, percent));
        }
        if (isArray() || isObject()) {
            List<String> items = new ArrayList<>();
            for (String one : raw) {
                items.addAll(Delimited.splitQuery(one, parameter.style()));
            }
            return Optional.of(
                    isArray() ? array(items, percent) : objects.alternating(items, text -> decode(text, percent)));
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
            if (takes(pair.name())) {
                objects.put(object, pair.name(), decode(pair.rawValue(), true));
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
                ? Json.treeIfJson(text).orElseThrow(() -> new ParameterException("is not valid JSON"))
                : scalar(text, false);
    }

    private JsonNode scalar(String raw, boolean percent) {
        return TextValue.of(decode(raw, percent), shape);
    }

    private ArrayNode array(List<String> items, boolean percent) {
        ArrayNode array = NODES.arrayNode();
        for (String item : items) {
            array.add(TextValue.of(decode(item, percent), shape.item(array.size())));
        }
        return array;
    }

    private String decode(String raw, boolean percent) {
        if (!percent) {
            return raw.strip();
        }
        return parameter.in() == Location.QUERY ? Percent.decodeForm(raw) : Percent.decode(raw);
    }
}
