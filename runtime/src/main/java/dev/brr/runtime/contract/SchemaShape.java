package dev.brr.runtime.contract;

import dev.brr.runtime.document.Pointer;
import dev.brr.runtime.document.References;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a schema says about how text turns into a value: the types it may have, and those of its parts.
 *
 * @param types the types allowed; empty when any is
 * @param items the shape of array items, if the schema tells
 * @param properties the shapes of the properties it names
 * @param others the shape of properties that it does not name, if the schema tells
 * @param binary whether the text stands for bytes
 */
record SchemaShape(
        Set<ValueType> types,
        Optional<SchemaShape> items,
        Map<String, SchemaShape> properties,
        Optional<SchemaShape> others,
        boolean binary) {
    static final SchemaShape ANY = new SchemaShape(Set.of(), Optional.empty(), Map.of(), Optional.empty(), false);
    /** Text is at most a map of lists of plain values; below that nothing has to be known. */
    private static final int MAX_DEPTH = 4;
    /** Schemas that refer to each other many times over would otherwise be read without end. */
    private static final int MAX_SCHEMAS = 20_000;

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
        return new Reader(references).read(pointer, 0);
    }

    boolean allows(ValueType type) {
        return types.contains(type);
    }

    SchemaShape item() {
        return items.orElse(ANY);
    }

    /** The shape of a property, named or not. */
    SchemaShape property(String name) {
        SchemaShape named = properties.get(name);
        return named == null ? others.orElse(ANY) : named;
    }

    private static final class Reader {
        private final References references;
        private int schemas;

        Reader(References references) {
            this.references = references;
        }

        SchemaShape read(String from, int depth) {
            Optional<String> found = references.follow(from);
            Optional<JsonNode> node = found.flatMap(references::node);
            if (node.isEmpty() || depth > MAX_DEPTH || ++schemas > MAX_SCHEMAS) {
                return ANY;
            }
            JsonNode schema = node.get();
            String pointer = found.get();
            EnumSet<ValueType> types = types(schema);
            Map<String, SchemaShape> properties = new LinkedHashMap<>();
            schema.path("properties")
                    .forEachEntry((name, _) -> properties.put(
                            name, read(Pointer.child(Pointer.child(pointer, "properties"), name), depth + 1)));
            Optional<SchemaShape> items = schema.has("items")
                    ? Optional.of(read(Pointer.child(pointer, "items"), depth + 1))
                    : Optional.empty();
            boolean binary = schema.path("format").asString("").equals("binary") || schema.has("contentMediaType");
            Optional<SchemaShape> others = schema.path("additionalProperties").isObject()
                    ? Optional.of(read(Pointer.child(pointer, "additionalProperties"), depth + 1))
                    : Optional.empty();
            SchemaShape shape = new SchemaShape(types, items, properties, others, binary);
            for (String keyword : new String[] {"allOf", "oneOf", "anyOf"}) {
                for (int i = 0; i < schema.path(keyword).size(); i++) {
                    String branch = Pointer.child(Pointer.child(pointer, keyword), String.valueOf(i));
                    shape = shape.or(read(branch, depth + 1));
                }
            }
            return shape;
        }

        private static EnumSet<ValueType> types(JsonNode schema) {
            EnumSet<ValueType> types = EnumSet.noneOf(ValueType.class);
            JsonNode type = schema.path("type");
            if (type.isString()) {
                add(types, type.stringValue());
            }
            type.forEach(one -> add(types, one.asString("")));
            if (types.isEmpty()) {
                schema.path("enum").forEach(value -> types.add(typeOf(value)));
                if (schema.has("const")) {
                    types.add(typeOf(schema.get("const")));
                }
                if (schema.has("properties")) {
                    types.add(ValueType.OBJECT);
                }
                if (schema.has("items")) {
                    types.add(ValueType.ARRAY);
                }
            }
            return types;
        }

        private static void add(EnumSet<ValueType> types, String name) {
            for (ValueType type : ValueType.values()) {
                if (type.name().equalsIgnoreCase(name)) {
                    types.add(type);
                }
            }
        }

        private static ValueType typeOf(JsonNode value) {
            return switch (value.getNodeType()) {
                case NUMBER -> value.isIntegralNumber() ? ValueType.INTEGER : ValueType.NUMBER;
                case BOOLEAN -> ValueType.BOOLEAN;
                case NULL -> ValueType.NULL;
                case ARRAY -> ValueType.ARRAY;
                case OBJECT -> ValueType.OBJECT;
                default -> ValueType.STRING;
            };
        }
    }

    private SchemaShape or(SchemaShape other) {
        EnumSet<ValueType> union = EnumSet.noneOf(ValueType.class);
        union.addAll(types);
        union.addAll(other.types);
        Map<String, SchemaShape> merged = new LinkedHashMap<>(other.properties);
        merged.putAll(properties);
        return new SchemaShape(
                union,
                items.isPresent() ? items : other.items,
                merged,
                others.isPresent() ? others : other.others,
                binary || other.binary);
    }
}
