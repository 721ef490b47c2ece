package dev.brr.runtime.contract;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The schemas of one document, each compiled once for each way that values travel. */
public final class ContractSchemas {
    private final SchemaCompiler requests;
    private final SchemaCompiler responses;
    private final PlainSchemaCompiler plainRequests;
    private final PlainSchemaCompiler plainResponses;
    private final boolean assertsFormats;
    private final Map<String, ContractSchema> compiled = new HashMap<>();

    /** With formats asserted. */
    public ContractSchemas(JsonNode root) {
        this(root, true);
    }

    /** @param assertsFormats whether {@code format} is held to */
    public ContractSchemas(JsonNode root, boolean assertsFormats) {
        SchemaCompiler.Directions directions = SchemaCompiler.Directions.of(root, assertsFormats);
        this.assertsFormats = assertsFormats;
        this.requests = directions.requests();
        this.responses = directions.responses();
        this.plainRequests = new PlainSchemaCompiler(requests.root(), true);
        this.plainResponses = new PlainSchemaCompiler(responses.root(), false);
    }

    /** Compiles the schema at a pointer. */
    public ContractSchema at(String pointer) {
        return compiled.computeIfAbsent(pointer, this::compile);
    }

    private ContractSchema compile(String pointer) {
        Schema sent = requests.compile(pointer);
        return new ContractSchema(
                sent,
                requests.equals(responses) ? sent : responses.compile(pointer),
                plainRequests.compile(pointer).orElse(null),
                plainResponses.compile(pointer).orElse(null),
                assertsFormats);
    }
}
