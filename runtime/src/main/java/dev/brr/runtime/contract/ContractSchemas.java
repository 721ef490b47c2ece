package dev.brr.runtime.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import dev.brr.runtime.document.Pointer;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compiles the schemas of one document, each once, with formats asserted. */
public final class ContractSchemas {
    /** Only a name for references to be resolved against; nothing is ever fetched. */
    private static final String DOCUMENT = "urn:brr:document";

    private final Schema document;
    private final Map<String, ContractSchema> compiled = new HashMap<>();

    public ContractSchemas(JsonNode root) {
        Dialect dialect = Dialect.builder(Dialects.getOpenApi31())
                .formats(Formats.OF_OPENAPI)
                .unknownKeywordFactory((name, _) -> new NonValidationKeyword(name))
                .build();
        SchemaRegistry registry = SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .formatAssertionsEnabled(true)
                        .cacheRefs(true)
                        .build()));
        document = registry.getSchema(SchemaLocation.of(DOCUMENT), root);
    }

    /** Compiles the schema at a pointer. */
    public ContractSchema at(String pointer) {
        return compiled.computeIfAbsent(pointer, at -> {
            Schema schema = document.getRefSchema(path(at));
            schema.initializeValidators();
            return new ContractSchema(schema);
        });
    }

    /** The validator tells the index of an item from the name of a property by its Java type. */
    private NodePath path(String pointer) {
        NodePath path = new NodePath(PathType.JSON_POINTER);
        JsonNode node = document.getSchemaNode();
        for (String token : Pointer.tokens(pointer)) {
            if (node.isArray()) {
                int index = Integer.parseInt(token);
                path = path.append(index);
                node = node.path(index);
            } else {
                path = path.append(token);
                node = node.path(token);
            }
        }
        return path;
    }
}
