package dev.brr.runtime.document;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps in a file beside a document that it was found good, and what was read from it: a start that finds the file parses
 * no YAML and holds no schema to the meta-schema, a third of its work.
 *
 * <p>An object of {@code build}, {@code text}, and of {@code root} where the text is YAML. The file counts for one build of the runtime and for the very text; else it is as if it were not there.
 */
public final class CheckedDocument {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BUILD = "build";
    private static final String TEXT = "text";
    private static final String ROOT = "root";

    private CheckedDocument() {}

    /** Names the file that belongs to a document. */
    public static Path beside(Path document) {
        return document.resolveSibling(document.getFileName() + ".checked");
    }

    /**
     * Says beside a document that it was found good; does nothing where the runtime does not run from a jar.
     *
     * @throws IOException when the file cannot be written
     * @throws IllegalArgumentException when the text can be read as neither YAML nor JSON
     */
    public static void keep(Path document, String text) throws IOException {
        Optional<String> build = build();
        if (build.isPresent()) {
            write(beside(document), text, build.get());
        }
    }

    /**
     * Writes the file of a text that was found good.
     *
     * @throws IOException when it cannot be written, or this runtime does not run from a jar, whose build it could name
     * @throws IllegalArgumentException when the text can be read as neither YAML nor JSON
     */
    static void write(Path file, String text) throws IOException {
        write(file, text, build().orElseThrow(() -> new IOException("the runtime does not run from a jar")));
    }

    static void write(Path file, String text, String build) throws IOException {
        JsonNode root;
        try {
            // Read anew: the check rewrites what it reads.
            root = DocumentChecker.read(text).root();
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        try (JsonGenerator to = JsonMapper.shared().createGenerator(Files.newOutputStream(file))) {
            to.writeStartObject();
            to.writeStringProperty(BUILD, build);
            to.writeStringProperty(TEXT, text);
            if (!DocumentChecker.isJson(text)) {
                to.writeName(ROOT);
                JsonMapper.shared().writeTree(to, root);
            }
            to.writeEndObject();
        }
    }

    /** Gives the document of a file if the file is there, whole, of this build, and of this text. */
    static Optional<ServiceDocument> read(Path file, String text) {
        return Files.isRegularFile(file) ? build().flatMap(build -> read(file, text, build)) : Optional.empty();
    }

    static Optional<ServiceDocument> read(Path file, String text, String build) {
        try (JsonParser from = JSON.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
            from.nextToken();
            if (!holds(from, BUILD, build) || !holds(from, TEXT, text)) {
                return Optional.empty();
            }
            JsonNode root = ROOT.equals(from.nextName())
                    ? value(from, from.nextToken())
                    : DocumentChecker.read(text).root();
            return new DocumentChecker().accept(root);
        } catch (IOException | JacksonException | SyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean holds(JsonParser from, String name, String wanted) {
        return name.equals(from.nextName()) && wanted.equals(from.nextStringValue());
    }

    /** Numbers come back as they were: a whole one as small as it fits, any other as the decimal that it was. */
    private static JsonNode value(JsonParser from, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(from);
            case START_ARRAY -> array(from);
            case VALUE_STRING -> NODES.stringNode(from.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(from.getDecimalValue());
            case VALUE_NUMBER_INT ->
                switch (from.getNumberType()) {
                    case INT -> NODES.numberNode(from.getIntValue());
                    case LONG -> NODES.numberNode(from.getLongValue());
                    default -> NODES.numberNode(from.getBigIntegerValue());
                };
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser from) {
        ObjectNode object = NODES.objectNode();
        for (String name = from.nextName(); name != null; name = from.nextName()) {
            object.set(name, value(from, from.nextToken()));
        }
        return object;
    }

    private static ArrayNode array(JsonParser from) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = from.nextToken(); token != JsonToken.END_ARRAY; token = from.nextToken()) {
            array.add(value(from, token));
        }
        return array;
    }

    /**
     * Name and length of the runtime's jar: another build checks otherwise, and is hardly ever of the same length. The class
     * path is asked, because a class from an AOT cache may have no code source (JDK 25.0.3, jars moved since the training).
     */
    private static Optional<String> build() {
        return build(System.getProperty("java.class.path", ""));
    }

    static Optional<String> build(String classPath) {
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            String name = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
            if (name.startsWith("brr-runtime-") && name.endsWith(".jar")) {
                try {
                    return Optional.of(name + " " + Files.size(Path.of(entry)));
                } catch (IOException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
