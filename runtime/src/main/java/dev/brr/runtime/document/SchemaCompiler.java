package dev.brr.runtime.document;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compiles the schemas of one document by the OpenAPI 3.1 dialect, with nothing fetched. */
public final class SchemaCompiler {
    /** Only a name for references to be resolved against. */
    private static final String DOCUMENT = "urn:brr:document";

    private final JsonNode root;
    private final boolean assertsFormats;
    private @Nullable Schema document;

    /** With formats asserted. */
    public SchemaCompiler(JsonNode root) {
        this(root, true);
    }

    /**
     * @param root the whole document, in which the schemas' references are resolved
     * @param assertsFormats whether {@code format} is held to
     */
    public SchemaCompiler(JsonNode root, boolean assertsFormats) {
        this.root = root;
        this.assertsFormats = assertsFormats;
    }

    /**
     * The compilers of each way that values travel; one and the same where the document makes no difference.
     *
     * @param requests for what clients send: nothing {@code readOnly} is required
     * @param responses for what the service sends: nothing {@code writeOnly} is required
     */
    public record Directions(SchemaCompiler requests, SchemaCompiler responses) {

        /** Makes both for a document, in which discriminators decide, with formats asserted. */
        public static Directions of(JsonNode root) {
            return of(root, true);
        }

        /** Makes both for a document, in which discriminators decide. */
        public static Directions of(JsonNode root, boolean assertsFormats) {
            JsonNode sent = OneWayProperties.optional(root, "readOnly");
            JsonNode answered = OneWayProperties.optional(root, "writeOnly");
            SchemaCompiler requests = new SchemaCompiler(Discriminators.applied(sent), assertsFormats);
            boolean alike = sent.equals(answered);
            return new Directions(
                    requests, alike ? requests : new SchemaCompiler(Discriminators.applied(answered), assertsFormats));
        }
    }

    /** The document as it is compiled. */
    public JsonNode root() {
        return root;
    }

    /**
     * Compiles the schema at a pointer, and all that it refers to. Threads that call it wait for one another: schemas share
     * what they refer to.
     *
     * @throws SchemaException when the validator cannot make sense of it
     */
    public synchronized Schema compile(String pointer) {
        Schema whole = document;
        if (whole == null) {
            whole = registry().getSchema(SchemaLocation.of(DOCUMENT), root);
            document = whole;
        }
        Schema schema = whole.getRefSchema(path(pointer));
        schema.initializeValidators();
        return schema;
    }

    /** Made with the first schema that is compiled: a start of which each is plain does without the validator. */
    private SchemaRegistry registry() {
        Dialect dialect = Dialect.builder(Dialects.getOpenApi31())
                .formats(OpenApiFormats.ALL)
                .keyword(new NonValidationKeyword("discriminator"))
                .unknownKeywordFactory((name, _) -> new NonValidationKeyword(name))
                .build();
        return SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .formatAssertionsEnabled(assertsFormats)
                        .regularExpressionFactory(BoundedPattern::ofSchema)
                        .cacheRefs(true)
                        .build()));
    }

    /** The validator tells the index of an item from the name of a property by its Java type. */
    private NodePath path(String pointer) {
        NodePath path = new NodePath(PathType.JSON_POINTER);
        JsonNode node = root;
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
