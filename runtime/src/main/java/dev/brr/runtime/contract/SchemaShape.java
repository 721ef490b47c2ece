package dev.brr.runtime.contract;

import dev.brr.runtime.document.BoundedPattern;
import dev.brr.runtime.document.BoundedPattern.EndlessMatchException;
import dev.brr.runtime.document.References;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * What a schema says about how text turns into a value: the types it may have, and those of its parts.
 *
 * @param types the types allowed; empty when any is
 * @param prefix the shapes of the first items of an array
 * @param items the shape of the items behind them, if the schema tells
 * @param properties the shapes of the properties it names
 * @param patterns the shapes of properties whose names match
 * @param others the shape of properties that it neither names nor matches, if the schema tells
 * @param binary whether the text stands for bytes
 * @param bounds how many bytes it may have, where it does
 */
record SchemaShape(
        Set<ValueType> types,
        List<SchemaShape> prefix,
        Optional<SchemaShape> items,
        Map<String, SchemaShape> properties,
        List<NamePattern> patterns,
        Optional<SchemaShape> others,
        boolean binary,
        ByteBounds bounds) {
    static final SchemaShape ANY = new SchemaShape(
            Set.of(), List.of(), Optional.empty(), Map.of(), List.of(), Optional.empty(), false, ByteBounds.NONE);

    /** The shape of the properties whose names match an expression. */
    record NamePattern(BoundedPattern names, SchemaShape shape) {
        /** The validator refuses names that take too long to match. */
        boolean matches(String name) {
            try {
                return names.matches(name);
            } catch (EndlessMatchException _) {
                return false;
            }
        }
    }

    enum ValueType {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL,
        ARRAY,
        OBJECT
    }

    static SchemaShape of(References references, String pointer) {
        return new ShapeReader(references).read(pointer, 0);
    }

    boolean allows(ValueType type) {
        return types.contains(type);
    }

    /** The shape of an item. */
    SchemaShape item(int index) {
        return index < prefix.size() ? prefix.get(index) : items.orElse(ANY);
    }

    /** Whether a JSON value stands for one item of a list, and is not the list. */
    boolean isItem(JsonNode value) {
        return allows(ValueType.ARRAY) && !(value.isArray() && !item(0).allows(ValueType.ARRAY));
    }

    /** Whether it, or an item of it, is bytes. */
    boolean holdsBytes() {
        return binary
                || items.filter(SchemaShape::binary).isPresent()
                || prefix.stream().anyMatch(SchemaShape::binary);
    }

    /** The shape of a property, named or not. */
    SchemaShape property(String name) {
        SchemaShape named = properties.get(name);
        if (named != null) {
            return named;
        }
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                return pattern.shape();
            }
        }
        return others.orElse(ANY);
    }

    /** Whether it names a property, or has an expression that its name matches. */
    boolean declares(String name) {
        return properties.containsKey(name)
                || (!patterns.isEmpty() && patterns.stream().anyMatch(pattern -> pattern.matches(name)));
    }

    /** Whether it takes properties that it does not declare: it says so, or declares none. */
    boolean isFree() {
        return others.isPresent() || (properties.isEmpty() && patterns.isEmpty());
    }

    /**
     * The shape for another reading of the same text: no list, then no object, then text where it was read as something
     * else, and at last what is no text (null).
     *
     * @return nothing when there is one reading only
     */
    Optional<SchemaShape> narrower() {
        if (types.size() < 2) {
            return Optional.empty();
        }
        EnumSet<ValueType> left = EnumSet.copyOf(types);
        boolean isNarrower = left.remove(ValueType.ARRAY)
                || left.remove(ValueType.OBJECT)
                || (left.contains(ValueType.STRING)
                        && (left.removeAll(EnumSet.of(ValueType.INTEGER, ValueType.NUMBER, ValueType.BOOLEAN))
                                || left.remove(ValueType.STRING)));
        return isNarrower ? Optional.of(withTypes(left)) : Optional.empty();
    }

    SchemaShape withTypes(Set<ValueType> other) {
        return new SchemaShape(other, prefix, items, properties, patterns, others, binary, bounds);
    }

    SchemaShape withItem(int index, SchemaShape item) {
        List<SchemaShape> first = new ArrayList<>(prefix);
        for (int i = first.size(); i <= index; i++) {
            first.add(item(i));
        }
        first.set(index, item);
        return new SchemaShape(types, first, items, properties, patterns, others, binary, bounds);
    }

    SchemaShape withProperty(String name, SchemaShape property) {
        Map<String, SchemaShape> named = new LinkedHashMap<>(properties);
        named.put(name, property);
        return new SchemaShape(types, prefix, items, named, patterns, others, binary, bounds);
    }

    /** The shape of values that hold to this schema or to another: whatever either says of a part may be meant. */
    SchemaShape or(SchemaShape other) {
        EnumSet<ValueType> either = EnumSet.noneOf(ValueType.class);
        either.addAll(types);
        either.addAll(other.types);
        return merged(either, other, SchemaShape::or, bounds.or(other.bounds));
    }

    /** The shape of values that hold to this schema and to another; what this one says of types goes first. */
    SchemaShape and(SchemaShape other) {
        if (other.equals(ANY)) {
            return this;
        }
        return merged(types.isEmpty() ? other.types : types, other, SchemaShape::and, bounds.and(other.bounds));
    }

    private SchemaShape merged(
            Set<ValueType> both, SchemaShape other, BinaryOperator<SchemaShape> parts, ByteBounds size) {
        Map<String, SchemaShape> named = new LinkedHashMap<>(properties);
        other.properties.forEach((name, property) -> named.merge(name, property, parts));
        List<NamePattern> matched = new ArrayList<>(patterns);
        matched.addAll(other.patterns);
        List<SchemaShape> first = new ArrayList<>();
        for (int i = 0; i < Math.max(prefix.size(), other.prefix.size()); i++) {
            first.add(parts.apply(item(i), other.item(i)));
        }
        return new SchemaShape(
                both,
                first,
                merged(items, other.items, parts),
                named,
                matched,
                merged(others, other.others, parts),
                binary || other.binary,
                size);
    }

    private static Optional<SchemaShape> merged(
            Optional<SchemaShape> one, Optional<SchemaShape> other, BinaryOperator<SchemaShape> parts) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(parts.apply(one.get(), other.get()))
                : one.or(() -> other);
    }
}
