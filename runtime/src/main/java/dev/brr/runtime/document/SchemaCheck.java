package dev.brr.runtime.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks that each schema of a document is a valid JSON Schema 2020-12, by its meta-schema, and can be compiled. */
final class SchemaCheck {
    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private static final JsonNode NULL = JsonNodeFactory.instance.nullNode();

    private final Schema metaSchema;

    SchemaCheck() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .formatAssertionsEnabled(true)
                        .build()));
        metaSchema = registry.getSchema(SchemaLocation.of(META_SCHEMA));
    }

    /** Adds one problem for each value of each schema that the meta-schema refuses, or that cannot be compiled. */
    void check(JsonNode root, Map<String, JsonNode> schemas, Findings findings) {
        schemas.forEach((pointer, schema) -> checkForm(pointer, schema, findings));
        if (!findings.isEmpty()) {
            return;
        }
        SchemaCompiler compiler = new SchemaCompiler(root);
        for (String pointer : schemas.keySet()) {
            try {
                compiler.compile(pointer);
            } catch (SchemaException e) {
                findings.add(pointer, "the schema cannot be used: " + e.getMessage());
            }
        }
        if (findings.isEmpty()) {
            checkNull(root, compiler, findings);
        }
    }

    /**
     * Looks for what {@code nullable} does not do in OpenAPI 3.1. A document of 3.0 has none left where it is checked, and
     * where null is taken anyway, it does no harm.
     */
    private static void checkNull(JsonNode root, SchemaCompiler compiler, Findings findings) {
        KeywordObjects.visit(root, (object, pointer) -> {
            JsonNode nullable = object.get("nullable");
            if (nullable != null
                    && nullable.isBoolean()
                    && nullable.booleanValue()
                    && !compiler.compile(pointer).validate(NULL).isEmpty()) {
                findings.add(
                        Pointer.child(pointer, "nullable"),
                        "OpenAPI 3.1 has no nullable, and null is refused here; write type: [..., \"null\"],"
                                + " or anyOf with {type: \"null\"}");
            }
        });
    }

    private void checkForm(String pointer, JsonNode schema, Findings findings) {
        Set<String> named = new HashSet<>();
        for (Error error : metaSchema.validate(schema)) {
            String at = pointer + error.getInstanceLocation();
            if (named.add(at)) {
                findings.add(at, "not a valid schema: " + error.getMessage());
            }
        }
    }
}
