package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.NamePattern;
import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.BoundedPattern;
import dev.brr.runtime.document.Pointer;
import dev.brr.runtime.document.References;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the shapes of schemas, through references and all that values may have to hold to. */
final class ShapeReader {
    /** Text is at most a map of lists of plain values; below that nothing has to be known. */
    private static final int MAX_DEPTH = 4;
    /** Schemas that refer to each other many times over would otherwise be read without end. */
    private static final int MAX_SCHEMAS = 20_000;

    private final References references;
    private int schemas;

    ShapeReader(References references) {
        this.references = references;
    }

    SchemaShape read(String from, int depth) {
        if (depth > MAX_DEPTH) {
            return SchemaShape.ANY;
        }
        SchemaShape shape = SchemaShape.ANY;
        // The last one first: it is one of those that a schema with a $ref has to be read together with.
        for (Map.Entry<String, JsonNode> schema :
                references.chain(from).sequencedEntrySet().reversed()) {
            if (++schemas > MAX_SCHEMAS) {
                return SchemaShape.ANY;
            }
            shape = read(schema.getKey(), schema.getValue(), depth, shape);
        }
        return shape;
    }

    private SchemaShape read(String pointer, JsonNode schema, int depth, SchemaShape referred) {
        List<SchemaShape> further = further(pointer, schema, depth);
        further.addFirst(referred);
        EnumSet<ValueType> types = declaredTypes(schema);
        if (types.isEmpty()) {
            types.addAll(impliedTypes(schema));
            further.forEach(branch -> types.addAll(branch.types()));
        }
        SchemaShape shape = own(pointer, schema, depth, types);
        for (SchemaShape branch : further) {
            shape = shape.and(branch);
        }
        return shape;
    }

    private SchemaShape own(String pointer, JsonNode schema, int depth, EnumSet<ValueType> types) {
        List<NamePattern> patterns = new ArrayList<>();
        members(pointer, schema, "patternProperties", depth)
                .forEach((names, shape) -> patterns.add(new NamePattern(BoundedPattern.ofSchema(names), shape)));
        return new SchemaShape(
                types,
                list(pointer, schema, "prefixItems", depth),
                schema.has("items") ? Optional.of(read(Pointer.child(pointer, "items"), depth + 1)) : Optional.empty(),
                members(pointer, schema, "properties", depth),
                patterns,
                others(pointer, schema, depth),
                schema.path("format").asString("").equals("binary") || schema.has("contentMediaType"),
                ByteBounds.of(schema));
    }

    private Optional<SchemaShape> others(String pointer, JsonNode schema, int depth) {
        JsonNode others = schema.path("additionalProperties");
        return others.isObject() || others.asBoolean(false)
                ? Optional.of(read(Pointer.child(pointer, "additionalProperties"), depth + 1))
                : Optional.empty();
    }

    /** What else values hold to, or may hold to. */
    private List<SchemaShape> further(String pointer, JsonNode schema, int depth) {
        List<SchemaShape> further = new ArrayList<>(list(pointer, schema, "allOf", depth));
        for (String keyword : new String[] {"oneOf", "anyOf"}) {
            list(pointer, schema, keyword, depth).stream()
                    .reduce(SchemaShape::or)
                    .ifPresent(further::add);
        }
        SchemaShape sometimes = SchemaShape.ANY;
        for (String keyword : new String[] {"then", "else"}) {
            if (schema.has(keyword)) {
                sometimes = sometimes.or(read(Pointer.child(pointer, keyword), depth + 1));
            }
        }
        for (SchemaShape dependent :
                members(pointer, schema, "dependentSchemas", depth).values()) {
            sometimes = sometimes.or(dependent);
        }
        further.add(sometimes);
        return further;
    }

    private List<SchemaShape> list(String pointer, JsonNode schema, String keyword, int depth) {
        List<SchemaShape> shapes = new ArrayList<>();
        String at = Pointer.child(pointer, keyword);
        for (int i = 0; i < schema.path(keyword).size(); i++) {
            shapes.add(read(Pointer.child(at, String.valueOf(i)), depth + 1));
        }
        return shapes;
    }

    private Map<String, SchemaShape> members(String pointer, JsonNode schema, String keyword, int depth) {
        Map<String, SchemaShape> shapes = new LinkedHashMap<>();
        String at = Pointer.child(pointer, keyword);
        schema.path(keyword).forEachEntry((name, _) -> shapes.put(name, read(Pointer.child(at, name), depth + 1)));
        return shapes;
    }

    /** Those that a value has to be of. */
    private static EnumSet<ValueType> declaredTypes(JsonNode schema) {
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
        }
        return types;
    }

    /** Those that a schema without a type is about. */
    private static EnumSet<ValueType> impliedTypes(JsonNode schema) {
        EnumSet<ValueType> types = EnumSet.noneOf(ValueType.class);
        if (schema.has("properties") || schema.has("patternProperties") || schema.has("additionalProperties")) {
            types.add(ValueType.OBJECT);
        }
        if (schema.has("items") || schema.has("prefixItems")) {
            types.add(ValueType.ARRAY);
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
