package dev.brr.runtime.document;

import static java.util.Map.entry;

import dev.brr.runtime.spelling.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds keys that OpenAPI does not know where they would have changed what is served: a {@code requestbody} is no contract
 * at all.
 *
 * <p>Objects that are only read by people (info, tags, links, examples) are left alone, and so are webhooks and callbacks,
 * which other services serve. A schema may have keys of its own by JSON Schema, so that only those are findings which are
 * all but a keyword that values are held to. Versions 3.0 and 3.1 are not told apart.
 */
final class KnownKeys {
    private static final int LONG = 6;
    private static final int SHORTEST = 3;

    /** What a document may say anywhere without changing anything. */
    private static final Set<String> PROSE =
            Set.of("title", "summary", "description", "externalDocs", "deprecated", "tags", "$comment");

    /** An object of OpenAPI 3.1.1, section 4.8, as a sentence names it, and its keys. */
    private enum Kind {
        DOCUMENT("the document", "openapi info jsonSchemaDialect servers paths webhooks components security"),
        COMPONENTS(
                "components",
                "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems"),
        SERVER("a server", "url variables"),
        VARIABLE("a server variable", "enum default"),
        PATH_ITEM("a path item", "$ref get put post delete options head patch trace servers parameters"),
        OPERATION("an operation", "operationId parameters requestBody responses callbacks security servers"),
        PARAMETER(
                "a parameter",
                "name in required allowEmptyValue style explode allowReserved schema example examples content"),
        BODY("a request body", "content required"),
        MEDIA_TYPE("a media type", "schema example examples encoding"),
        ENCODING("an encoding", "contentType headers style explode allowReserved"),
        RESPONSE("a response", "headers content links"),
        HEADER("a header", "required allowEmptyValue style explode allowReserved schema example examples content"),
        SECURITY_SCHEME("a security scheme", "type name in scheme bearerFormat flows openIdConnectUrl"),
        DISCRIMINATOR("a discriminator", "propertyName mapping"),
        SCHEMA("a schema", "");

        private final String term;
        private final String keys;

        Kind(String term, String keys) {
            this.term = term;
            this.keys = keys;
        }

        List<String> keys() {
            return List.of(keys.split(" "));
        }
    }

    /** What stands under a key; of one kind wherever the key stands. Lists and maps of it, too, but for those in ONE. */
    private static final Map<String, Kind> HELD = Map.ofEntries(
            entry("components", Kind.COMPONENTS),
            entry("servers", Kind.SERVER),
            entry("variables", Kind.VARIABLE),
            entry("paths", Kind.PATH_ITEM),
            entry("pathItems", Kind.PATH_ITEM),
            entry("parameters", Kind.PARAMETER),
            entry("requestBody", Kind.BODY),
            entry("requestBodies", Kind.BODY),
            entry("content", Kind.MEDIA_TYPE),
            entry("encoding", Kind.ENCODING),
            entry("responses", Kind.RESPONSE),
            entry("headers", Kind.HEADER),
            entry("securitySchemes", Kind.SECURITY_SCHEME),
            entry("schema", Kind.SCHEMA),
            entry("schemas", Kind.SCHEMA));

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** Keys that hold a single object, not several by name or place. */
    private static final Set<String> ONE = Set.of("components", "requestBody", "schema");

    /** Keys of a schema that hold a schema, a list of schemas, or schemas by name. */
    private static final Set<String> ONE_SCHEMA = Set.of(
            "items",
            "additionalProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems",
            "additionalItems",
            "contentSchema");

    private static final Set<String> SCHEMAS = Set.of(
            "allOf",
            "anyOf",
            "oneOf",
            "prefixItems",
            "properties",
            "patternProperties",
            "dependentSchemas",
            "$defs",
            "definitions");

    /** What values are held to, of words long enough to be told from others. */
    private static final Set<String> ASSERTIONS = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "format",
            "pattern",
            "required",
            "nullable",
            "discriminator",
            "readOnly",
            "writeOnly",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "dependentRequired",
            "items",
            "additionalProperties",
            "contains",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems",
            "allOf",
            "anyOf",
            "oneOf",
            "prefixItems",
            "properties",
            "patternProperties",
            "dependentSchemas");

    /** Keywords of other drafts, which would hold nothing to anything, and what 2020-12 has for them. */
    private static final Map<String, String> OF_OTHER_DRAFTS = Map.of(
            "id", "$id",
            "dependencies", "dependentRequired or dependentSchemas",
            "$recursiveRef", "$dynamicRef",
            "$recursiveAnchor", "$dynamicAnchor");

    private static final String BASE_DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";
    private static final String JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private final Findings findings;

    private KnownKeys(Findings findings) {
        this.findings = findings;
    }

    /** Adds one problem for each key. */
    static void check(Located document, Findings findings) {
        KnownKeys known = new KnownKeys(findings);
        known.dialect(document, "jsonSchemaDialect", Set.of(BASE_DIALECT, JSON_SCHEMA));
        known.visit(Kind.DOCUMENT, document);
    }

    private void dialect(Located holder, String key, Set<String> served) {
        JsonNode dialect = holder.node().get(key);
        if (dialect != null && !served.contains(dialect.asString(""))) {
            findings.add(
                    Pointer.child(holder.pointer(), key),
                    "schemas are read by the dialect of OpenAPI 3.1 (JSON Schema 2020-12) only; leave " + key + " out");
        }
    }

    private void visit(Kind kind, Located at) {
        if (!at.isObject()) {
            return;
        }
        if (kind == Kind.SCHEMA) {
            visitSchema(at);
            return;
        }
        if (References.isReference(at.node()) && kind != Kind.PATH_ITEM) {
            // What stands beside it does not count, by OpenAPI 3.1.1, section 4.8.23.
            return;
        }
        for (Located.Member member : at.members()) {
            if (!kind.keys().contains(member.key())) {
                unknown(kind, member);
            } else if (METHODS.contains(member.key())) {
                visit(Kind.OPERATION, member.value());
            } else if (HELD.get(member.key()) instanceof Kind held) {
                visitHeld(held, member);
            }
        }
    }

    private void visitHeld(Kind held, Located.Member member) {
        if (ONE.contains(member.key())) {
            visit(held, member.value());
            return;
        }
        boolean mayBeExtended = member.key().equals("paths") || member.key().equals("responses");
        for (Located.Member each : member.value().members()) {
            if (!mayBeExtended || !each.key().startsWith("x-")) {
                visit(held, each.value());
            }
        }
        member.value().items().forEach(item -> visit(held, item));
    }

    private void unknown(Kind kind, Located.Member member) {
        String key = member.key();
        if (key.startsWith("x-") || PROSE.contains(key)) {
            return;
        }
        boolean isMethod = kind == Kind.PATH_ITEM && member.value().node().has("responses");
        String message =
                isMethod ? key + " is no method that OpenAPI knows" : kind.term + " has no key " + key + " in OpenAPI";
        findings.add(
                member.value().pointer(),
                message
                        + meant(key, kind.keys(), key.length() < LONG ? 1 : 2)
                                .map(name -> "; did you mean " + name + "?")
                                .orElse(isMethod ? "" : "; a key of your own begins with x-"));
    }

    private void visitSchema(Located schema) {
        dialect(schema, "$schema", Set.of(BASE_DIALECT));
        for (Located.Member member : schema.members()) {
            String key = member.key();
            if (ONE_SCHEMA.contains(key)) {
                visit(Kind.SCHEMA, member.value());
            } else if (SCHEMAS.contains(key)) {
                member.value().members().forEach(each -> visit(Kind.SCHEMA, each.value()));
                member.value().items().forEach(item -> visit(Kind.SCHEMA, item));
            } else if (key.equals("discriminator")) {
                visit(Kind.DISCRIMINATOR, member.value());
            } else if (OF_OTHER_DRAFTS.containsKey(key)) {
                findings.add(
                        member.value().pointer(),
                        "JSON Schema 2020-12 has no " + key + "; write " + OF_OTHER_DRAFTS.get(key));
            } else if (!ASSERTIONS.contains(key) && key.length() >= SHORTEST && !key.startsWith("x-")) {
                meant(key, ASSERTIONS, 1)
                        .ifPresent(name -> findings.add(
                                member.value().pointer(),
                                "nothing is held to " + key + "; did you mean " + name + "?"));
            }
        }
    }

    private static Optional<String> meant(String key, Collection<String> names, int slips) {
        return Spelling.nearest(key, names, slips);
    }
}
