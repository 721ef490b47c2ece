package dev.brr.runtime.contract;

import dev.brr.runtime.document.SchemaCompiler;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The schemas of one document, each compiled once. */
public final class ContractSchemas {
    private final JsonNode root;
    private final SchemaCompiler compiler;
    private final PlainSchemaCompiler plainRequests;
    private final PlainSchemaCompiler plainResponses;
    private final Map<String, ContractSchema> compiled = new HashMap<>();

    public ContractSchemas(JsonNode root) {
        this.root = root;
        this.compiler = new SchemaCompiler(root);
        this.plainRequests = new PlainSchemaCompiler(root, true);
        this.plainResponses = new PlainSchemaCompiler(root, false);
    }

    /** Compiles the schema at a pointer. */
    public ContractSchema at(String pointer) {
        return compiled.computeIfAbsent(
                pointer,
                at -> new ContractSchema(
                        compiler.compile(at),
                        root,
                        plainRequests.compile(at).orElse(null),
                        plainResponses.compile(at).orElse(null)));
    }
}
