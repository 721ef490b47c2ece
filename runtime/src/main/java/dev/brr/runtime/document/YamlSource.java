package dev.brr.runtime.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads YAML 1.2 (core schema) into a {@link SourceTree}, keeping the line of every value.
 *
 * <p>Aliases are followed; one that contains itself, or that grows the document beyond {@value #MAX_VALUES} values, is
 * refused.
 */
final class YamlSource {
    private static final int MAX_VALUES = 500_000;
    private static final int MAX_DEPTH = 200;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<DocumentProblem> problems = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlSource() {}

    static SourceTree read(String text) throws SyntaxException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .setCodePointLimit(16 * 1024 * 1024)
                .setMaxAliasesForCollections(MAX_VALUES)
                .setAllowNonScalarKeys(true)
                .build();
        YamlSource source = new YamlSource();
        JsonNode root;
        try {
            Node node = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new SyntaxException(1, "", "the document is empty"));
            root = source.value(node, "", line(node));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SyntaxException(line, "", "not valid YAML: " + describe(e));
        } catch (YamlEngineException e) {
            throw new SyntaxException(1, "", "not valid YAML: " + e.getMessage());
        } catch (StackOverflowError _) {
            // The parser calls itself for each level and has no limit of its own.
            throw new SyntaxException(1, "", "the document is nested too deeply");
        }
        if (!source.problems.isEmpty()) {
            throw new SyntaxException(source.problems);
        }
        return new SourceTree(root, source.lines);
    }

    private static String describe(MarkedYamlEngineException e) {
        String context = e.getContext();
        return context == null || context.isEmpty() ? e.getProblem() : context + ", " + e.getProblem();
    }

    private JsonNode value(Node node, String pointer, int line) throws SyntaxException {
        if (lines.size() >= MAX_VALUES) {
            throw new SyntaxException(line, pointer, "the document has more than " + MAX_VALUES + " values");
        }
        lines.put(pointer, line);
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, pointer, line);
        }
        if (open.size() >= MAX_DEPTH || !open.add(node)) {
            throw new SyntaxException(line, pointer, "the value contains itself or is nested too deeply");
        }
        JsonNode value = node instanceof MappingNode mapping
                ? mapping(mapping, pointer)
                : sequence((SequenceNode) node, pointer);
        open.remove(node);
        return value;
    }

    private ObjectNode mapping(MappingNode mapping, String pointer) throws SyntaxException {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new DocumentProblem(line, pointer, "a key has to be a plain value, not a list or map"));
                continue;
            }
            String name = key.getValue();
            String child = Pointer.child(pointer, name);
            if (object.has(name)) {
                problems.add(new DocumentProblem(line, child, "the key " + name + " is there twice"));
            }
            object.set(name, value(tuple.getValueNode(), child, line));
        }
        return object;
    }

    private ArrayNode sequence(SequenceNode sequence, String pointer) throws SyntaxException {
        ArrayNode array = NODES.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(value(item, Pointer.child(pointer, String.valueOf(array.size())), line(item)));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, String pointer, int line) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        try {
            if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && text.length() > Numbers.MAX_DIGITS) {
                throw new NumberFormatException("too many digits");
            }
            if (tag.equals(Tag.INT)) {
                return integer(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return NODES.numberNode(Numbers.bounded(new BigDecimal(text)));
            }
        } catch (NumberFormatException _) {
            problems.add(new DocumentProblem(line, pointer, Numbers.shown(text) + " is no number that JSON knows"));
        }
        return NODES.stringNode(text);
    }

    private static JsonNode integer(String text) {
        BigInteger value;
        if (text.startsWith("0x")) {
            value = new BigInteger(text.substring(2), 16);
        } else if (text.startsWith("0o")) {
            value = new BigInteger(text.substring(2), 8);
        } else {
            value = new BigInteger(text);
        }
        return value.bitLength() < Integer.SIZE
                ? NODES.numberNode(value.intValue())
                : value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static int line(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(m -> m.getLine() + 1).orElse(1);
    }
}
