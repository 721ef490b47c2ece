package dev.brr.runtime.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;

/** The one mapper of the service, and its strict reading of JSON text. */
public final class Json {
    /**
     * Refuses text after the end of a value; records map without annotations, and a component that is null is left out;
     * maps are written in the order of their keys, so that the same answer is the same bytes.
     */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(new Buffers())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(mostTokens(Runtime.getRuntime().maxMemory()))
                            .build())
                    .build())
            .nodeFactory(new FiniteNumbers())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);

    /** Each knows how its type is read, which the mapper would look up for each value. */
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

    /** A token, a brace for example, comes to some 40 bytes of a tree, and no tree may be most of the heap. */
    private static final int HEAP_BYTES_A_TOKEN = 128;

    private static final String OUT_OF_RANGE = "has a number that is out of range";

    /** What the parser does not read though it is JSON: more than 500 levels or 1,000 digits, for example. */
    private static final String BEYOND_LIMITS =
            "is nested too deeply, or has a number, a name or a text that is too long";

    /** What Jackson's message begins with. */
    private static final String TOKENS = "Token count";

    private static final String TOO_MANY = "has more values than the service has memory for";

    private Json() {}

    /** How many tokens a text may have in a heap of so many bytes. */
    private static long mostTokens(long heapBytes) {
        return heapBytes / HEAP_BYTES_A_TOKEN;
    }

    /**
     * Reads a text in UTF-8.
     *
     * @throws JacksonException when it is not JSON
     */
    public static JsonNode tree(byte[] bytes) {
        return TREES.readTree(bytes);
    }

    /**
     * Makes a value of a type out of a tree; where a tree is asked for, that is the value.
     *
     * @throws JacksonException when the tree does not fit the type
     */
    public static <T> T value(JsonNode tree, Class<T> type) {
        boolean wantsTree = JsonNode.class.isAssignableFrom(type) && type.isInstance(tree);
        return wantsTree ? type.cast(tree) : READERS.get(type).readValue(tree);
    }

    /** Says what is wrong with a text, in words that hold nothing of it. */
    static String reason(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return message.startsWith(TOKENS) ? TOO_MANY : BEYOND_LIMITS;
        }
        // Of a key that is there twice some readers would take the first and some the last.
        return message.startsWith("Duplicate")
                ? "has a key twice"
                : message.equals(OUT_OF_RANGE) ? OUT_OF_RANGE : "is not valid JSON";
    }

    /** A number beyond all doubles would become infinity, which JSON cannot say. */
    private static final class FiniteNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double number) {
            if (!Double.isFinite(number)) {
                throw DatabindException.from((JsonParser) null, OUT_OF_RANGE);
            }
            return super.numberNode(number);
        }
    }

    /** Reads a text that may be JSON, or something else: then there is nothing. */
    static Optional<JsonNode> treeIfJson(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
