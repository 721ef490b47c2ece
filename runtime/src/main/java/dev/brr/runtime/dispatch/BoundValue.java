package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.handler.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A parameter's value over the tree that the contract made of it. */
record BoundValue(String name, @Nullable JsonNode node) implements Value {

    @Override
    public boolean isPresent() {
        return node != null;
    }

    @Override
    public String text() {
        return asText().orElseThrow(() -> new NoSuchElementException("the request has no parameter " + name));
    }

    @Override
    public Optional<String> asText() {
        return node == null ? Optional.empty() : Optional.of(text(node));
    }

    @Override
    public OptionalInt asInt() {
        return node != null && node.isIntegralNumber() && node.canConvertToInt()
                ? OptionalInt.of(node.intValue())
                : OptionalInt.empty();
    }

    @Override
    public OptionalLong asLong() {
        return node != null && node.isIntegralNumber() && node.canConvertToLong()
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }

    @Override
    public OptionalDouble asDouble() {
        return node != null && node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    @Override
    public Optional<Boolean> asBoolean() {
        return node != null && node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    @Override
    public List<String> texts() {
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(text(node));
        }
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(text(item)));
        return texts;
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return node == null ? Optional.empty() : Optional.ofNullable(Json.value(node, type));
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString();
    }
}
