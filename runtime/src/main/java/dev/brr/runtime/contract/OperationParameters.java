package dev.brr.runtime.contract;

import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    OperationParameters(List<Parameter> parameters, ContractSchemas schemas, References references) {
        for (Parameter parameter : parameters) {
            Set<String> others = new HashSet<>();
            parameters.stream()
                    .filter(other ->
                            other.in() == Location.QUERY && !other.name().equals(parameter.name()))
                    .forEach(other -> others.add(other.name()));
            SchemaShape shape = parameter
                    .schemaPointer()
                    .map(pointer -> SchemaShape.of(references, pointer))
                    .orElse(SchemaShape.ANY);
            compiled.add(new Compiled(
                    parameter,
                    new ParameterReader(parameter, shape, others),
                    parameter.schemaPointer().map(schemas::at).orElse(null),
                    parameter.schemaPointer().flatMap(references::node).map(node -> node.get("default")),
                    key(parameter.in(), parameter.name())));
        }
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

    /** Takes the other reading of the text if it holds, and else stays with what was wrong with the first. */
    private static List<Violation> orElse(
            Compiled one, RequestParameters request, List<ParameterValue> values, Violation... wrong) {
        Optional<JsonNode> other = one.reader()
                .readEncodedCommas(request)
                .filter(value -> violations(one, value).isEmpty());
        other.ifPresent(value -> values.add(one.value(value)));
        return other.isPresent() ? List.of() : List.of(wrong);
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
