package dev.brr.runtime.contract;

import dev.brr.runtime.contract.OtherReadings.Reading;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.SecurityScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The parameters of one operation, ready to be read out of requests. */
public final class OperationParameters {
    /** A longer value in a header or cookie is refused unread. */
    private static final int MAX_VALUE = 8192;

    private static final JsonNode NO_TEXT = JsonNodeFactory.instance.stringNode("");

    private record Compiled(
            Parameter parameter,
            ParameterReader reader,
            @Nullable ContractSchema schema,
            Optional<JsonNode> byDefault,
            String key) {

        ParameterValue value(JsonNode node) {
            return new ParameterValue(parameter.in(), key, node);
        }
    }

    private final List<Compiled> compiled = new ArrayList<>();

    /** The headers of a response or of a part of a form. */
    OperationParameters(List<Parameter> parameters, ContractSchemas schemas, References references) {
        this(parameters, List.of(), schemas, references);
    }

    /** @param schemes by which credentials may travel, which no parameter is to show to a handler */
    OperationParameters(
            List<Parameter> parameters,
            Collection<SecurityScheme> schemes,
            ContractSchemas schemas,
            References references) {
        Map<Parameter, SchemaShape> shapes = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            shapes.put(
                    parameter,
                    parameter
                            .schemaPointer()
                            .map(pointer -> SchemaShape.of(references, pointer))
                            .orElse(SchemaShape.ANY));
        }
        shapes.forEach((parameter, shape) -> compiled.add(new Compiled(
                parameter,
                new ParameterReader(
                        parameter, shape, ClaimedNames.besides(parameter, shapes, keys(schemes, parameter.in()))),
                parameter.schemaPointer().map(schemas::at).orElse(null),
                parameter.schemaPointer().flatMap(pointer -> byDefault(references, pointer)),
                key(parameter.in(), parameter.name()))));
    }

    private static Set<String> keys(Collection<SecurityScheme> schemes, Location in) {
        Set<String> keys = new HashSet<>();
        for (SecurityScheme scheme : schemes) {
            if (scheme instanceof SecurityScheme.ApiKey key && key.in() == in) {
                keys.add(key.parameter());
            }
        }
        return keys;
    }

    /** The default that stands nearest, beside the reference or in the schema that it leads to. */
    private static Optional<JsonNode> byDefault(References references, String pointer) {
        return references.chain(pointer).values().stream()
                .filter(schema -> schema.has("default"))
                .map(schema -> schema.get("default"))
                .findFirst();
    }

    /** Reads every parameter and holds it to its schema. */
    public Outcome read(RequestParameters request) {
        if (compiled.isEmpty()) {
            return Outcome.NONE;
        }
        List<ParameterValue> values = new ArrayList<>(compiled.size());
        List<Violation> violations = List.of();
        for (Compiled one : compiled) {
            List<Violation> found = read(one, request, values);
            if (!found.isEmpty()) {
                violations = concat(violations, found);
            }
        }
        return new Outcome(values, violations);
    }

    private static List<Violation> read(Compiled one, RequestParameters request, List<ParameterValue> values) {
        Parameter parameter = one.parameter();
        if (parameter.allowsEmpty() && isEmpty(parameter, request)) {
            values.add(one.value(NO_TEXT));
            return List.of();
        }
        Optional<JsonNode> value;
        try {
            if (isTooLong(parameter, request)) {
                return List.of(violation(parameter, "value_too_large", "is longer than " + MAX_VALUE + " characters"));
            }
            value = one.reader().read(request);
        } catch (ParameterException e) {
            return orElse(one, request, values, violation(parameter, "style", String.valueOf(e.getMessage())));
        }
        if (value.isEmpty()) {
            if (parameter.required()) {
                return List.of(violation(parameter, "required", "is missing"));
            }
            one.byDefault().ifPresent(node -> values.add(one.value(node)));
            return List.of();
        }
        List<Violation> violations = violations(one, value.get());
        if (!violations.isEmpty()) {
            return orElse(one, request, values, violations.toArray(Violation[]::new));
        }
        values.add(one.value(value.get()));
        return violations;
    }

    /** Takes another reading of the text if one holds, and else stays with what was wrong with the first. */
    private static List<Violation> orElse(
            Compiled one, RequestParameters request, List<ParameterValue> values, Violation... wrong) {
        List<Violation> violations = List.of(wrong);
        Optional<JsonNode> other = one.reader()
                .readOtherDelimiters(request)
                .filter(value -> violations(one, value).isEmpty())
                .or(() -> OtherReadings.find(
                        one.reader().shape(),
                        violations,
                        shape -> reading(one, request, one.reader().with(shape))));
        other.ifPresent(value -> values.add(one.value(value)));
        return other.isPresent() ? List.of() : violations;
    }

    private static Reading reading(Compiled one, RequestParameters request, ParameterReader reader) {
        try {
            Optional<JsonNode> value = reader.read(request);
            return value.isPresent() ? new Reading(value, violations(one, value.get())) : Reading.impossible();
        } catch (ParameterException _) {
            return Reading.impossible();
        }
    }

    private static List<Violation> violations(Compiled one, JsonNode value) {
        if (one.schema() == null) {
            return List.of();
        }
        List<Violation> violations = one.schema().validateRequest(value);
        Parameter parameter = one.parameter();
        return violations.isEmpty()
                ? violations
                : violations.stream()
                        .map(violation -> violation.at(parameter.in().term(), parameter.name()))
                        .toList();
    }

    private static boolean isEmpty(Parameter parameter, RequestParameters request) {
        List<String> raw = request.query().all(parameter.name());
        return raw.size() == 1 && raw.getFirst().isEmpty();
    }

    private static boolean isTooLong(Parameter parameter, RequestParameters request) {
        List<String> values = switch (parameter.in()) {
            case HEADER -> request.header(parameter.name());
            case COOKIE -> request.cookie(parameter.name());
            case PATH, QUERY -> List.of();
        };
        for (String value : values) {
            if (value.length() > MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    private static Violation violation(Parameter parameter, String keyword, String message) {
        return new Violation(parameter.in().term(), parameter.name(), "", keyword, message);
    }

    private static List<Violation> concat(List<Violation> some, List<Violation> more) {
        List<Violation> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /**
     * What was read.
     *
     * @param values the values that are there or have a default
     * @param violations what does not hold; with any, the values are of no use
     */
    public record Outcome(List<ParameterValue> values, List<Violation> violations) {
        private static final Outcome NONE = new Outcome(List.of(), List.of());
    }

    /** One value; header names are kept in lower case. */
    public record ParameterValue(Location in, String name, JsonNode value) {
        public ParameterValue {
            name = key(in, name);
        }
    }

    private static String key(Location in, String name) {
        return in == Location.HEADER ? name.toLowerCase(Locale.ROOT) : name;
    }
}
