package dev.brr.runtime.contract;

import dev.brr.runtime.contract.OtherReadings.Reading;
import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Pointer;
import dev.brr.runtime.document.References;
import dev.brr.runtime.spool.Content;
import dev.brr.runtime.spool.RequestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads multipart forms, each part by the shape of its property.
 *
 * <p>A file that goes to disk is held to its schema by its beginning, and to {@code minLength} and {@code maxLength} by its
 * size; in the value of the form it is null afterwards.
 */
final class MultipartReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> LENGTHS = Set.of("minLength", "maxLength");

    private final Optional<ContractSchema> schema;
    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;
    private final Map<String, Encoding> styles = new HashMap<>();
    private final FormReader styled;
    private final Map<String, OperationParameters> headers = new HashMap<>();

    MultipartReader(
            Optional<ContractSchema> schema,
            SchemaShape shape,
            Map<String, Encoding> encodings,
            ContractSchemas schemas,
            References references) {
        this.schema = schema;
        this.shape = shape;
        this.encodings = encodings;
        encodings.forEach((name, encoding) -> {
            if (encoding.styled() && encoding.contentType().isEmpty()) {
                styles.put(name, encoding);
            }
            if (!encoding.headers().isEmpty()) {
                headers.put(name, new OperationParameters(encoding.headers(), schemas, references));
            }
        });
        this.styled = new FormReader(shape, styles);
    }

    /**
     * Reads a form.
     *
     * @throws IllegalArgumentException with a message for the client when it is not well formed
     */
    BodyReader.Outcome read(InputStream in, MediaType type, RequestFiles files) throws IOException {
        String boundary = type.parameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            return BodyReader.Outcome.refused("multipart_missing_boundary", "the content type names no boundary");
        }
        List<FormPart> parts = Multipart.parse(in, boundary, files, this::isFile);
        Set<String> repeated = FormReader.repeated(parts.stream().map(FormPart::name));
        Reading first = new Form(shape, styled, repeated).read(parts);
        Optional<JsonNode> value = first.violations().isEmpty()
                ? first.value()
                : OtherReadings.find(shape, first.violations(), other -> otherwise(other, parts, repeated));
        return new BodyReader.Outcome(
                new ReceivedBody(ReceivedBody.NONE.held(), value, parts),
                value.isPresent() ? List.of() : first.violations());
    }

    private Reading otherwise(SchemaShape other, List<FormPart> parts, Set<String> repeated) {
        try {
            return new Form(other, new FormReader(other, styles), repeated).read(parts);
        } catch (IllegalArgumentException _) {
            return Reading.impossible();
        }
    }

    /** JSON has to be whole to be held to its schema, and so has text that is no file. */
    private boolean isFile(PartHead head) {
        return !head.mediaType().isJson()
                && (head.fileName().isPresent() || shape.property(head.name()).holdsBytes());
    }

    /** Where the value of a file stands that is on disk. */
    private record Place(JsonNode holder, String key, String pointer, ByteBounds bounds, long size) {
        void clear() {
            if (holder instanceof ArrayNode array) {
                array.set(Integer.parseInt(key), NODES.nullNode());
            } else if (holder instanceof ObjectNode object) {
                object.putNull(key);
            }
        }
    }

    /** The value of a form as it is put together. */
    private final class Form {
        private final SchemaShape shape;
        private final FormReader styled;
        private final ObjectNode object = NODES.objectNode();
        private final List<Query.Pair> written = new ArrayList<>();
        private final List<Violation> wrongTypes = new ArrayList<>();
        private final List<Place> spooled = new ArrayList<>();
        private final Set<String> repeated;

        Form(SchemaShape shape, FormReader styled, Set<String> repeated) {
            this.shape = shape;
            this.styled = styled;
            this.repeated = repeated;
        }

        Reading read(List<FormPart> parts) {
            parts.forEach(this::add);
            if (!written.isEmpty()) {
                object.setAll(styled.read(new Query(written)));
            }
            List<Violation> violations = violations();
            spooled.forEach(Place::clear);
            return new Reading(Optional.of(object), violations);
        }

        private void add(FormPart part) {
            SchemaShape property = shape.property(part.name());
            contentType(part).ifPresent(wrongTypes::add);
            wrongTypes.addAll(headers(part));
            String pointer = Pointer.of(part.name());
            if (!styles.isEmpty() && isText(part, property) && styled.hasStyle(part.name())) {
                written.add(new Query.Pair(part.name(), asInQuery(text(part, false))));
            } else if (property.allows(ValueType.ARRAY) || repeated.contains(part.name())) {
                addItem(part, property, pointer);
            } else {
                object.set(part.name(), value(part, property));
                note(part, property, object, part.name(), pointer);
            }
        }

        /** A list comes item by item, or as one JSON array where no item can be meant by that. */
        private void addItem(FormPart part, SchemaShape property, String pointer) {
            int index = object.get(part.name()) instanceof ArrayNode known ? known.size() : 0;
            SchemaShape shapeOfItem = property.allows(ValueType.ARRAY) ? property.item(index) : property;
            JsonNode item = value(part, shapeOfItem);
            if (!repeated.contains(part.name()) && !property.isItem(item)) {
                object.set(part.name(), item);
                return;
            }
            ArrayNode items = FormReader.arrayOf(object, part.name());
            items.add(item);
            String key = String.valueOf(index);
            note(part, shapeOfItem, items, key, Pointer.child(pointer, key));
        }

        private void note(FormPart part, SchemaShape shapeOfPart, JsonNode holder, String key, String pointer) {
            if (part.content() instanceof Content.Spooled) {
                spooled.add(new Place(
                        holder,
                        key,
                        pointer,
                        shapeOfPart.bounds(),
                        part.content().size()));
            }
        }

        private List<Violation> violations() {
            if (!wrongTypes.isEmpty()) {
                return wrongTypes;
            }
            List<Violation> violations = new ArrayList<>(
                    schema.map(compiled -> compiled.validateRequest(object)).orElse(List.of()));
            for (Place place : spooled) {
                violations.removeIf(violation ->
                        violation.pointer().equals(place.pointer()) && LENGTHS.contains(violation.keyword()));
                place.bounds().check(place.pointer(), place.size()).ifPresent(violations::add);
            }
            return violations;
        }
    }

    private static boolean isText(FormPart part, SchemaShape property) {
        return part.content() instanceof Content.Held
                && part.fileName().isEmpty()
                && !part.mediaType().isJson()
                && !property.holdsBytes();
    }

    /** A text as a query would have it, where only what delimits is not encoded (parts are never encoded). */
    private static String asInQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }

    private Optional<Violation> contentType(FormPart part) {
        Encoding encoding = encodings.get(part.name());
        if (encoding == null || encoding.contentType().isEmpty()) {
            return Optional.empty();
        }
        String allowed = encoding.contentType().get();
        for (String one : allowed.split(",")) {
            if (MediaType.parse(one)
                    .filter(type -> type.includes(part.mediaType()) && type.missing(part.mediaType()) >= 0)
                    .isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(Violation.ofBody(
                Pointer.of(part.name()),
                "contentType",
                "is " + part.mediaType().text() + ", and has to be " + allowed));
    }

    /** What does not hold of the headers that the document asks of a part. */
    private List<Violation> headers(FormPart part) {
        OperationParameters declared = headers.get(part.name());
        return declared == null
                ? List.of()
                : declared.read(new HeaderValues(part.headers())).violations().stream()
                        .map(violation -> Violation.ofBody(
                                Pointer.of(part.name()),
                                "headers",
                                "the header " + violation.name() + ": " + violation.message()))
                        .toList();
    }

    private static JsonNode value(FormPart part, SchemaShape property) {
        if (part.content() instanceof Content.Spooled spooled) {
            return NODES.stringNode(new String(spooled.beginning(), StandardCharsets.ISO_8859_1));
        }
        if (part.mediaType().isJson()) {
            return Json.treeIfJson(BodyReader.strictText(part.bytes(), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalArgumentException("the part " + part.name() + " is not valid JSON"));
        }
        // One character a byte, so that minLength and maxLength count the bytes of a file.
        boolean isFile = part.fileName().isPresent() && !part.mediaType().type().equals("text");
        boolean bytes = property.binary() || isFile;
        String text = text(part, bytes);
        return bytes ? NODES.stringNode(text) : FormReader.field(text, property);
    }

    private static String text(FormPart part, boolean bytes) {
        return BodyReader.strictText(
                part.bytes(),
                bytes ? StandardCharsets.ISO_8859_1 : part.mediaType().charset());
    }
}
