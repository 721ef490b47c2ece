package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON text into a {@link SourceTree}, keeping the line of every value and refusing repeated keys. */
final class JsonSource {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<DocumentProblem> problems = new ArrayList<>();

    private JsonSource() {}

    static SourceTree read(String text) throws SyntaxException {
        JsonSource source = new JsonSource();
        JsonNode root;
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            root = source.value(parser, "", line(parser));
            if (parser.nextToken() != null) {
                throw new SyntaxException(line(parser), "", "text goes on after the end of the JSON document");
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new SyntaxException(line, "", "not valid JSON: " + e.getOriginalMessage());
        }
        if (!source.problems.isEmpty()) {
            throw new SyntaxException(source.problems);
        }
        return new SourceTree(root, source.lines);
    }

    private JsonNode value(JsonParser parser, String pointer, int line) {
        lines.put(pointer, line);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, pointer);
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser, Pointer.child(pointer, String.valueOf(array.size())), line(parser)));
            }
            return array;
        }
        JsonNode scalar = parser.readValueAsTree();
        if (!Numbers.isFinite(scalar)) {
            problems.add(new DocumentProblem(
                    line, pointer, Numbers.shown(parser.getString()) + " is no number that can be computed with"));
        }
        return scalar;
    }

    private ObjectNode object(JsonParser parser, String pointer) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int line = line(parser);
            String child = Pointer.child(pointer, name);
            parser.nextToken();
            if (object.has(name)) {
                problems.add(new DocumentProblem(line, child, "the key " + name + " is there twice"));
            }
            object.set(name, value(parser, child, line));
        }
        return object;
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }
}
