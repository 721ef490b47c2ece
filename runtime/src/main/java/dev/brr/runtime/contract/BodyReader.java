package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.document.References;
import dev.brr.runtime.routing.Percent;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies of one declared media type or range and holds them to its schema. */
public final class BodyReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Encoding PLAIN = new Encoding(Optional.empty(), Style.FORM, true);

    private final MediaType range;
    private final Optional<ContractSchema> schema;
    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;

    BodyReader(MediaType range, MediaTypeDeclaration declaration, ContractSchemas schemas, References references) {
        this.range = range;
        this.schema = declaration.schemaPointer().map(schemas::at);
        this.shape = declaration
                .schemaPointer()
                .map(pointer -> SchemaShape.of(references, pointer))
                .orElse(SchemaShape.ANY);
        this.encodings = declaration.encodings();
    }

    /** The media type or range that it reads. */
    public MediaType range() {
        return range;
    }

    /**
     * What came of reading a body.
     *
     * @param body the body; of no use when there are violations
     * @param violations what does not hold
     */
    public record Outcome(ReceivedBody body, List<Violation> violations) {
        private static Outcome refused(String keyword, String message) {
            return new Outcome(ReceivedBody.NONE, List.of(Violation.ofBody("", keyword, message)));
        }
    }

    /** Reads a body of a media type that lies in the range. */
    public Outcome read(byte[] bytes, MediaType type) {
        if (type.isJson()) {
            return json(bytes);
        }
        try {
            return switch (type.essence()) {
                case "application/x-www-form-urlencoded" -> form(bytes);
                case "multipart/form-data" -> multipart(bytes, type);
                default -> type.type().equals("text") ? text(bytes, type) : binary(bytes);
            };
        } catch (IllegalArgumentException e) {
            return Outcome.refused("encoding", String.valueOf(e.getMessage()));
        }
    }

    private Outcome validated(byte[] bytes, JsonNode tree, List<FormPart> parts) {
        List<Violation> violations =
                schema.map(compiled -> compiled.validateRequest(tree)).orElse(List.of());
        return new Outcome(new ReceivedBody(bytes, Optional.of(tree), parts), violations);
    }

    private Outcome json(byte[] bytes) {
        try {
            return validated(bytes, Json.MAPPER.readTree(bytes), List.of());
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            return Outcome.refused("json", "is not valid JSON" + where);
        }
    }

    private Outcome text(byte[] bytes, MediaType type) {
        return validated(bytes, NODES.stringNode(new String(bytes, charset(type))), List.of());
    }

    private static Outcome binary(byte[] bytes) {
        return new Outcome(new ReceivedBody(bytes, Optional.empty(), List.of()), List.of());
    }

    private static Charset charset(MediaType type) {
        String name = type.parameters().getOrDefault("charset", "utf-8");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("the charset " + name + " is not known", e);
        }
    }

    private Outcome form(byte[] bytes) {
        Query form = Query.parse(new String(bytes, StandardCharsets.US_ASCII));
        ObjectNode object = NODES.objectNode();
        for (Query.Pair pair : form.pairs()) {
            SchemaShape property = shape.properties().getOrDefault(pair.name(), SchemaShape.ANY);
            Encoding encoding = encodings.getOrDefault(pair.name(), PLAIN);
            if (property.allows(ValueType.ARRAY)) {
                List<String> items = encoding.explode()
                        ? List.of(pair.rawValue())
                        : Delimited.splitQuery(pair.rawValue(), encoding.style());
                ArrayNode array = arrayOf(object, pair.name());
                items.forEach(item -> array.add(field(Percent.decodeForm(item), property.item())));
            } else {
                object.set(pair.name(), field(pair.value(), property));
            }
        }
        return validated(bytes, object, List.of());
    }

    private Outcome multipart(byte[] bytes, MediaType type) {
        String boundary = type.parameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            return Outcome.refused("multipart_missing_boundary", "the content type names no boundary");
        }
        List<FormPart> parts = Multipart.parse(bytes, boundary);
        Set<String> repeated =
                parts.stream().collect(Collectors.groupingBy(FormPart::name, Collectors.counting())).entrySet().stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        ObjectNode object = NODES.objectNode();
        List<Violation> wrongTypes = new ArrayList<>();
        for (FormPart part : parts) {
            SchemaShape property = shape.properties().getOrDefault(part.name(), SchemaShape.ANY);
            contentType(part).ifPresent(wrongTypes::add);
            if (property.allows(ValueType.ARRAY) || repeated.contains(part.name())) {
                arrayOf(object, part.name()).add(value(part, property.item()));
            } else {
                object.set(part.name(), value(part, property));
            }
        }
        Outcome outcome = validated(bytes, object, parts);
        return wrongTypes.isEmpty() ? outcome : new Outcome(outcome.body(), wrongTypes);
    }

    private Optional<Violation> contentType(FormPart part) {
        Encoding encoding = encodings.get(part.name());
        if (encoding == null || encoding.contentType().isEmpty()) {
            return Optional.empty();
        }
        String allowed = encoding.contentType().get();
        for (String one : allowed.split(",")) {
            if (MediaType.parse(one)
                    .filter(type -> type.includes(part.mediaType()))
                    .isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(Violation.ofBody(
                "/" + part.name(), "contentType", "is " + part.mediaType().essence() + ", and has to be " + allowed));
    }

    private static ArrayNode arrayOf(ObjectNode object, String name) {
        return object.get(name) instanceof ArrayNode known ? known : object.putArray(name);
    }

    private static JsonNode value(FormPart part, SchemaShape property) {
        if (part.mediaType().isJson()) {
            return Json.tree(new String(part.bytes(), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalArgumentException("the part " + part.name() + " is not valid JSON"));
        }
        // One character a byte, so that minLength and maxLength count the bytes of a file.
        boolean isFile = part.fileName().isPresent() && !part.mediaType().type().equals("text");
        boolean bytes = property.binary() || isFile;
        String text = new String(part.bytes(), bytes ? StandardCharsets.ISO_8859_1 : charset(part.mediaType()));
        return bytes ? NODES.stringNode(text) : field(text, property);
    }

    /** An object in a form is written as JSON. */
    private static JsonNode field(String text, SchemaShape property) {
        if (property.allows(ValueType.OBJECT) && text.startsWith("{")) {
            return Json.tree(text).orElseGet(() -> NODES.stringNode(text));
        }
        return TextValue.of(text, property);
    }
}
