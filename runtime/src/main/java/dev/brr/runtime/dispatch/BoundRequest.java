package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationParameters.ParameterValue;
import dev.brr.runtime.contract.ReceivedBody;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.handler.Part;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Value;
import dev.brr.runtime.logging.TraceParent;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request over what the contract read of it. */
record BoundRequest(
        String operationId,
        String requestId,
        String method,
        List<ParameterValue> parameters,
        ReceivedBody received,
        List<Principal> principals,
        Optional<MediaType> negotiated,
        Function<String, List<String>> headers)
        implements Request {
    @Override
    public Optional<String> traceParent() {
        return TraceParent.of(headers.apply("traceparent")).map(TraceParent::text);
    }

    @Override
    public Optional<String> traceState() {
        List<String> states = headers.apply("tracestate");
        return states.isEmpty() ? Optional.empty() : traceParent().map(_ -> String.join(",", states));
    }

    @Override
    public Optional<String> responseMediaType() {
        return negotiated.map(MediaType::text);
    }

    @Override
    public Value path(String name) {
        Value value = value(Location.PATH, name);
        if (!value.isPresent()) {
            // Each one that is declared is there: a path is not matched without.
            throw new IllegalArgumentException(
                    "the document declares no path parameter " + name + " for " + operationId);
        }
        return value;
    }

    @Override
    public Value query(String name) {
        return value(Location.QUERY, name);
    }

    @Override
    public Value header(String name) {
        return value(Location.HEADER, name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Value cookie(String name) {
        return value(Location.COOKIE, name);
    }

    private Value value(Location in, String name) {
        for (ParameterValue parameter : parameters) {
            if (parameter.in() == in && parameter.name().equals(name)) {
                return new BoundValue(name, parameter.value());
            }
        }
        return new BoundValue(name, null);
    }

    @Override
    public Optional<Object> body() {
        return received.tree().map(tree -> Json.MAPPER.treeToValue(tree, Object.class));
    }

    @Override
    public Map<String, Object> bodyMap() {
        Map<String, Object> members = new LinkedHashMap<>();
        received.tree()
                .filter(JsonNode::isObject)
                .ifPresent(tree -> tree.forEachEntry((name, value) -> members.put(name, plain(value))));
        return members;
    }

    private static Object plain(JsonNode node) {
        return Json.MAPPER.treeToValue(node, Object.class);
    }

    @Override
    public <T> T body(Class<T> type) {
        JsonNode tree = received.tree()
                .orElseThrow(() -> new ProblemException(400, "Request body required", "Request body required"));
        if (tree.isNull()) {
            throw new ProblemException(400, "Bad Request", "The request body is null");
        }
        try {
            return Json.value(tree, type);
        } catch (JacksonException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            // Without its cause, whose words may hold the value.
            throw new IllegalStateException("A body of " + operationId + " holds to the document and does not fit "
                    + type.getName() + where(e) + ": have the schema say what the class takes");
        }
    }

    private static String where(JacksonException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " at " + path;
    }

    @Override
    public byte[] bodyBytes() {
        return received.content().bytes();
    }

    @Override
    public InputStream bodyStream() throws IOException {
        return received.content().open();
    }

    @Override
    public List<Part> parts() {
        return received.parts().stream().<Part>map(BoundPart::new).toList();
    }
}
