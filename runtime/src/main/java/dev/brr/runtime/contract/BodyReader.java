package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.References;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies of one declared media type or range and holds them to its schema. */
public final class BodyReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MediaType range;
    private final Optional<ContractSchema> schema;
    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;
    private final FormReader forms;
    private final boolean countsBytes;

    BodyReader(MediaType range, MediaTypeDeclaration declaration, ContractSchemas schemas, References references) {
        this.range = range;
        this.schema = declaration.schemaPointer().map(schemas::at);
        this.shape = declaration
                .schemaPointer()
                .map(pointer -> SchemaShape.of(references, pointer))
                .orElse(SchemaShape.ANY);
        this.encodings = declaration.encodings();
        this.forms = new FormReader(shape, encodings);
        this.countsBytes = declaration
                .schemaPointer()
                .flatMap(references::node)
                .filter(node -> node.has("minLength") || node.has("maxLength"))
                .isPresent();
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
        return validated(bytes, TextValue.of(new String(bytes, charset(type)), shape), List.of());
    }

    /** Bytes have no value; their number can be held to {@code minLength} and {@code maxLength}, one character a byte. */
    private Outcome binary(byte[] bytes) {
        List<Violation> violations = countsBytes
                ? schema.map(compiled -> compiled.validateRequest(
                                NODES.stringNode(new String(bytes, StandardCharsets.ISO_8859_1))))
                        .orElse(List.of())
                : List.of();
        return new Outcome(new ReceivedBody(bytes, Optional.empty(), List.of()), violations);
    }

    private static Charset charset(MediaType type) {
        String name = type.parameters().getOrDefault("charset", "utf-8");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("the charset " + name + " is not known", e);
        }
    }

    /** Where the letter does not hold, commas that are encoded may yet be meant as those between items. */
    private Outcome form(byte[] bytes) {
        Query form = Query.parse(new String(bytes, StandardCharsets.US_ASCII));
        Outcome outcome = validated(bytes, forms.read(form), List.of());
        if (outcome.violations().isEmpty()) {
            return outcome;
        }
        Query plain = forms.plainCommas(form);
        Outcome other = plain.equals(form) ? outcome : validated(bytes, forms.read(plain), List.of());
        return other.violations().isEmpty() ? other : outcome;
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
                FormReader.arrayOf(object, part.name()).add(value(part, property.item()));
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

    private static JsonNode value(FormPart part, SchemaShape property) {
        if (part.mediaType().isJson()) {
            return Json.tree(new String(part.bytes(), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalArgumentException("the part " + part.name() + " is not valid JSON"));
        }
        // One character a byte, so that minLength and maxLength count the bytes of a file.
        boolean isFile = part.fileName().isPresent() && !part.mediaType().type().equals("text");
        boolean bytes = property.binary() || isFile;
        String text = new String(part.bytes(), bytes ? StandardCharsets.ISO_8859_1 : charset(part.mediaType()));
        return bytes ? NODES.stringNode(text) : FormReader.field(text, property);
    }
}
