package dev.brr.runtime.contract;

import dev.brr.runtime.contract.PlainSchema.Items;
import dev.brr.runtime.contract.PlainSchema.Members;
import dev.brr.runtime.contract.PlainSchema.Text;
import dev.brr.runtime.contract.PlainSchema.Typed;
import dev.brr.runtime.contract.PlainSchema.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles schemas to {@link PlainSchema}s; none where a keyword is not known here, a reference leads nowhere or in a
 * ring, or a bound is no plain number.
 */
final class PlainSchemaCompiler {
    private static final int MAX_DEPTH = 32;
    private static final PlainSchema ANYTHING = new PlainSchema.Anything();

    /** Keywords that ask nothing of a value. */
    private static final Set<String> SILENT = Set.of(
            "title", "description", "default", "example", "examples", "deprecated", "externalDocs", "xml", "$comment");

    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");

    /** With nothing in it that would have to be decoded. */
    private static final Pattern PLAIN_REFERENCE = Pattern.compile("#(/[A-Za-z0-9._-]+)+");

    private static final Set<String> KNOWN = Set.of(
            "type",
            "enum",
            "const",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "format",
            "pattern",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "allOf",
            "anyOf",
            "$ref",
            "readOnly",
            "writeOnly");

    private final JsonNode root;
    private final boolean writeOnlyAllowed;
    private final Map<String, Optional<PlainSchema>> compiled = new HashMap<>();

    /** @param writeOnlyAllowed whether a property may be written only: in requests, and not in responses */
    PlainSchemaCompiler(JsonNode root, boolean writeOnlyAllowed) {
        this.root = root;
        this.writeOnlyAllowed = writeOnlyAllowed;
    }

    /** Compiles the schema at a pointer. */
    Optional<PlainSchema> compile(String pointer) {
        return compile(pointer, 0);
    }

    /** Once only, however many refer to it; while it is being compiled there is none, which ends rings. */
    private Optional<PlainSchema> compile(String pointer, int depth) {
        Optional<PlainSchema> known = compiled.putIfAbsent(pointer, Optional.empty());
        if (known != null) {
            return known;
        }
        Optional<PlainSchema> made = Optional.ofNullable(compile(root.at(pointer), depth));
        compiled.put(pointer, made);
        return made;
    }

    private @Nullable PlainSchema compile(JsonNode schema, int depth) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? ANYTHING : null;
        }
        if (!schema.isObject()
                || depth > MAX_DEPTH
                || !isKnown(schema)
                || !COUNTS.stream().allMatch(name -> isCount(schema.get(name)))) {
            return null;
        }
        List<PlainSchema> all = new ArrayList<>();
        if (!addReference(schema, depth, all) || !addBranches(schema, depth, all) || !addTexts(schema, all)) {
            return null;
        }
        if (asksOfTypes(schema)) {
            PlainSchema typed = typed(schema, depth);
            if (typed == null) {
                return null;
            }
            all.add(typed);
        }
        return switch (all.size()) {
            case 0 -> ANYTHING;
            case 1 -> all.getFirst();
            default -> new PlainSchema.All(all.toArray(PlainSchema[]::new));
        };
    }

    private boolean isKnown(JsonNode schema) {
        for (String keyword : schema.propertyNames()) {
            if (!KNOWN.contains(keyword) && !SILENT.contains(keyword) && !keyword.startsWith("x-")) {
                return false;
            }
        }
        return writeOnlyAllowed || !schema.path("writeOnly").asBoolean(false);
    }

    private boolean addReference(JsonNode schema, int depth, List<PlainSchema> all) {
        JsonNode reference = schema.get("$ref");
        if (reference == null) {
            return true;
        }
        if (!reference.isString()
                || !PLAIN_REFERENCE.matcher(reference.stringValue()).matches()) {
            return false;
        }
        return compile(reference.stringValue().substring(1), depth + 1)
                .map(all::add)
                .orElse(false);
    }

    private static boolean isCount(@Nullable JsonNode value) {
        return value == null || (value.isIntegralNumber() && value.canConvertToInt());
    }

    private boolean addBranches(JsonNode schema, int depth, List<PlainSchema> all) {
        PlainSchema[] every = branches(schema, "allOf", depth);
        PlainSchema[] any = branches(schema, "anyOf", depth);
        if (every == null || any == null) {
            return false;
        }
        all.addAll(List.of(every));
        return any.length == 0 || all.add(new PlainSchema.Any(any));
    }

    private PlainSchema @Nullable [] branches(JsonNode schema, String keyword, int depth) {
        JsonNode branches = schema.path(keyword);
        PlainSchema[] compiled = new PlainSchema[branches.size()];
        for (int i = 0; i < compiled.length; i++) {
            PlainSchema branch = compile(branches.get(i), depth + 1);
            if (branch == null) {
                return null;
            }
            compiled[i] = branch;
        }
        return compiled;
    }

    private static boolean addTexts(JsonNode schema, List<PlainSchema> all) {
        JsonNode only = schema.get("const");
        JsonNode some = schema.get("enum");
        if ((only != null && !only.isString()) || (some != null && !some.isArray())) {
            return false;
        }
        if (only != null) {
            all.add(new PlainSchema.OneOfTexts(new String[] {only.stringValue()}));
        }
        if (some != null) {
            List<String> texts = new ArrayList<>();
            for (JsonNode text : some) {
                if (!text.isString()) {
                    return false;
                }
                texts.add(text.stringValue());
            }
            all.add(new PlainSchema.OneOfTexts(texts.toArray(String[]::new)));
        }
        return true;
    }

    private static boolean asksOfTypes(JsonNode schema) {
        for (String keyword : schema.propertyNames()) {
            switch (keyword) {
                case "$ref", "allOf", "anyOf", "const", "enum", "readOnly", "writeOnly" -> {}
                default -> {
                    if (KNOWN.contains(keyword)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private @Nullable PlainSchema typed(JsonNode schema, int depth) {
        Set<String> types = PlainKeywords.types(schema);
        boolean any = types.isEmpty();
        boolean numbers = any || types.contains("number");
        String format = schema.path("format").asString("");
        boolean bounded = schema.has("minimum") || schema.has("maximum");
        Whole whole = PlainKeywords.whole(schema, format);
        Items items = items(schema, depth);
        Members members = members(schema, depth);
        PlainFormat plainFormat = PlainFormat.of(format).orElse(null);
        Text text = plainFormat == null ? null : PlainKeywords.text(schema, plainFormat);
        if (whole == null || items == null || members == null || text == null) {
            return null;
        }
        return new Typed(
                any || types.contains("string") ? text : null,
                numbers || types.contains("integer") ? whole : null,
                numbers && !bounded && format.isEmpty(),
                any || types.contains("boolean"),
                any || types.contains("null"),
                any || types.contains("array") ? items : null,
                any || types.contains("object") ? members : null);
    }

    private @Nullable Items items(JsonNode schema, int depth) {
        JsonNode each = schema.get("items");
        PlainSchema compiled = each == null ? ANYTHING : compile(each, depth + 1);
        if (compiled == null) {
            return null;
        }
        return new Items(
                schema.path("minItems").asInt(0),
                schema.path("maxItems").asInt(Integer.MAX_VALUE),
                schema.path("uniqueItems").asBoolean(false),
                compiled instanceof PlainSchema.Anything ? null : compiled);
    }

    private @Nullable Members members(JsonNode schema, int depth) {
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        Set<String> names = new LinkedHashSet<>(required);
        Map<String, JsonNode> properties = new HashMap<>();
        schema.path("properties").forEachEntry(properties::put);
        names.addAll(properties.keySet());
        JsonNode others = schema.get("additionalProperties");
        boolean closed = others != null && others.isBoolean() && !others.booleanValue();
        PlainSchema other = others == null || closed ? ANYTHING : compile(others, depth + 1);
        PlainSchema[] schemas = new PlainSchema[names.size()];
        int at = 0;
        for (String name : names) {
            JsonNode property = properties.get(name);
            // A name that is required and not among the properties is one of the others.
            PlainSchema compiled = property == null ? (closed ? null : other) : compile(property, depth + 1);
            if (compiled == null) {
                return null;
            }
            schemas[at++] = compiled;
        }
        if (other == null) {
            return null;
        }
        return new Members(
                names.toArray(String[]::new),
                schemas,
                required.size(),
                schema.path("minProperties").asInt(0),
                schema.path("maxProperties").asInt(Integer.MAX_VALUE),
                closed ? null : other);
    }
}
