package dev.brr.runtime.document;

import static java.util.Map.entry;

import dev.brr.runtime.document.SchemaKeyword.Holds;
import dev.brr.runtime.spelling.Spelling;
import java.util.Collection;
import java.util.HashSet;
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
 * all but a keyword that values are held to.
 *
 * <p>A document of 3.0 may use the keywords of 3.1: values are held to them all the same. They are findings only beside a
 * {@code $ref}, where 3.0 ignores them and 3.1 does not.
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

    /** Keywords that values are held to, without those that are all but some common word. */
    private static final Set<String> ASSERTIONS = assertions();

    private static Set<String> assertions() {
        Set<String> names = new HashSet<>(SchemaKeyword.names(SchemaKeyword::asserts));
        names.removeAll(Set.of("not", "if", "then", "else"));
        return Set.copyOf(names);
    }

    /** Keywords of other drafts, which would hold nothing to anything, and what 2020-12 has for them. */
    private static final Map<String, String> OF_OTHER_DRAFTS = Map.of(
            "id", "$id",
            "dependencies", "dependentRequired or dependentSchemas",
            "$recursiveRef", "$dynamicRef",
            "$recursiveAnchor", "$dynamicAnchor");

    /** Of other drafts too; it never meant anything without a list of the first items. */
    private static final String FURTHER_ITEMS = "additionalItems";

    private static final String BASE_DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";
    private static final String JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private final Findings findings;
    private final boolean is30;

    private KnownKeys(Findings findings, boolean is30) {
        this.findings = findings;
        this.is30 = is30;
    }

    /** Adds one problem for each key of a document that is still as its author wrote it. */
    static void check(Located document, Findings findings) {
        KnownKeys known = new KnownKeys(findings, OpenApi30.isVersionOf(document.node()));
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
        if (is30 && References.isReference(schema.node())) {
            schema.members().forEach(this::besideReference);
            return;
        }
        dialect(schema, "$schema", Set.of(BASE_DIALECT));
        for (Located.Member member : schema.members()) {
            SchemaKeyword keyword = SchemaKeyword.of(member.key());
            switch (keyword == null ? Holds.OTHER : keyword.holds()) {
                case SCHEMA -> visit(Kind.SCHEMA, member.value());
                case SCHEMAS -> member.value().items().forEach(item -> visit(Kind.SCHEMA, item));
                case SCHEMAS_BY_NAME -> member.value().members().forEach(each -> visit(Kind.SCHEMA, each.value()));
                case DATA -> {
                    // Nothing in it has a meaning.
                }
                case OTHER -> {
                    if (keyword == null) {
                        unknownKeyword(schema, member);
                    } else {
                        knownKeyword(member);
                    }
                }
            }
        }
    }

    private void knownKeyword(Located.Member member) {
        if (member.key().equals("discriminator")) {
            visit(Kind.DISCRIMINATOR, member.value());
        } else if (member.key().equals("nullable") && !member.value().node().isBoolean()) {
            findings.add(member.value().pointer(), "has to be true or false");
        }
    }

    private void unknownKeyword(Located schema, Located.Member member) {
        String key = member.key();
        String pointer = member.value().pointer();
        if (OF_OTHER_DRAFTS.containsKey(key)) {
            findings.add(pointer, "JSON Schema 2020-12 has no " + key + "; write " + OF_OTHER_DRAFTS.get(key));
        } else if (key.equals(FURTHER_ITEMS) && schema.node().has("prefixItems")) {
            findings.add(pointer, "JSON Schema 2020-12 has no " + key + "; write items");
        } else if (!key.equals(FURTHER_ITEMS) && key.length() >= SHORTEST && !key.startsWith("x-")) {
            meant(key, ASSERTIONS, 1)
                    .ifPresent(name ->
                            findings.add(pointer, "nothing is held to " + key + "; did you mean " + name + "?"));
        }
    }

    /** What OpenAPI 3.0 has itself is ignored as it says: tools write it there, and mean nothing by it. */
    private void besideReference(Located.Member member) {
        SchemaKeyword keyword = SchemaKeyword.of(member.key());
        if (keyword != null && keyword.since31() && keyword.asserts()) {
            findings.add(
                    member.value().pointer(),
                    "OpenAPI 3.0 ignores what stands beside $ref, and nothing would be held to " + member.key()
                            + "; put the reference into an allOf (allOf: [{$ref: ...}]), or write openapi: 3.1.1");
        }
    }

    private static Optional<String> meant(String key, Collection<String> names, int slips) {
        return Spelling.nearest(key, names, slips);
    }
}
