package dev.brr.runtime.contract;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
        PlainSchema plainRequest = plainRequests.compile(pointer).orElse(null);
        PlainSchema plainResponse = plainResponses.compile(pointer).orElse(null);
        Supplier<Schema> sent = schema(requests, pointer, plainRequest);
        return new ContractSchema(
                sent,
                requests.equals(responses) ? sent : schema(responses, pointer, plainResponse),
                plainRequest,
                plainResponse,
                assertsFormats);
    }

    /** What plain values never need is not compiled before a value comes that is not plain. */
    private static Supplier<Schema> schema(SchemaCompiler compiler, String pointer, @Nullable PlainSchema plain) {
        var schema = new LateSchema(compiler, pointer);
        if (plain == null) {
            schema.get();
        }
        return schema;
    }

    /** A schema that is compiled by whoever needs it first. */
    private static final class LateSchema implements Supplier<Schema> {
        private final SchemaCompiler compiler;
        private final String pointer;
        private volatile @Nullable Schema schema;

        LateSchema(SchemaCompiler compiler, String pointer) {
            this.compiler = compiler;
            this.pointer = pointer;
        }

        @Override
        public Schema get() {
            Schema known = schema;
            if (known == null) {
                // Two that come at once may each have it compiled: either judges as the other.
                known = compiler.compile(pointer);
                schema = known;
            }
            return known;
        }
    }
}
