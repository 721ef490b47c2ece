package dev.brr.runtime.contract;

import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.References;
import dev.brr.runtime.spool.Content;
import dev.brr.runtime.spool.RequestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads bodies of one declared media type or range and holds them to its schema. */
public final class BodyReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MediaType range;
    private final Optional<ContractSchema> schema;
    private final SchemaShape shape;
    private final Map<String, Encoding> encodings;
    private final FormReader forms;
    private final MultipartReader multipart;

    BodyReader(MediaType range, MediaTypeDeclaration declaration, ContractSchemas schemas, References references) {
        this.range = range;
        this.schema = declaration.schemaPointer().map(schemas::at);
        this.shape = declaration
                .schemaPointer()
                .map(pointer -> SchemaShape.of(references, pointer))
                .orElse(SchemaShape.ANY);
        this.encodings = declaration.encodings();
        this.forms = new FormReader(shape, encodings);
        this.multipart = new MultipartReader(schema, shape, encodings, schemas, references);
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
        /** A body in which nothing is wrong. */
        public static Outcome of(ReceivedBody body) {
            return new Outcome(body, List.of());
        }

        static Outcome refused(String keyword, String message) {
            return new Outcome(ReceivedBody.NONE, List.of(Violation.ofBody("", keyword, message)));
        }
    }

    /** Whether a body of a media type has no need to be whole on the heap: multipart forms, and what has no value. */
    public static boolean streams(MediaType type) {
        return !type.isJson()
                && !type.type().equals("text")
                && !type.essence().equals("application/x-www-form-urlencoded");
    }

    /**
     * Reads a body that {@link #streams}.
     *
     * @param files takes what is large
     */
    public Outcome read(InputStream in, MediaType type, RequestFiles files) throws IOException {
        if (!type.essence().equals("multipart/form-data")) {
            return binary(files.read(in));
        }
        try {
            return multipart.read(in, type, files);
        } catch (IllegalArgumentException e) {
            return Outcome.refused("encoding", String.valueOf(e.getMessage()));
        }
    }

    private Outcome binary(Content content) {
        return switch (content) {
            case Content.Held held -> binary(held.bytes());
            case Content.Spooled spooled ->
                new Outcome(
                        new ReceivedBody(ReceivedBody.NONE.held(), Optional.empty(), List.of(), spooled),
                        shape.bounds().check("", spooled.size()).stream().toList());
        };
    }

    /** Reads a body of a media type that lies in the range and does not {@linkplain #streams stream}. */
    public Outcome read(byte[] bytes, MediaType type) {
        if (type.isJson()) {
            return json(bytes);
        }
        try {
            return switch (type.essence()) {
                case "application/x-www-form-urlencoded" -> form(bytes);
                default -> type.type().equals("text") ? text(bytes, type) : binary(bytes);
            };
        } catch (IllegalArgumentException e) {
            return Outcome.refused("encoding", String.valueOf(e.getMessage()));
        }
    }

    private Outcome validated(byte[] bytes, JsonNode tree) {
        return new Outcome(new ReceivedBody(bytes, Optional.of(tree), List.of()), violations(tree));
    }

    private List<Violation> violations(JsonNode tree) {
        return schema.map(compiled -> compiled.validateRequest(tree)).orElse(List.of());
    }

    /** Takes another reading of a text if one holds, and else stays with what was wrong with the first. */
    private Outcome orElse(byte[] bytes, Outcome first, Function<SchemaShape, JsonNode> reader) {
        return OtherReadings.find(shape, first.violations(), reader, this::violations)
                .map(tree -> Outcome.of(new ReceivedBody(bytes, Optional.of(tree), List.of())))
                .orElse(first);
    }

    private Outcome json(byte[] bytes) {
        if (!isUtf8(bytes)) {
            return Outcome.refused("json", "is not valid JSON: the bytes are not UTF-8");
        }
        try {
            return validated(bytes, Json.tree(bytes));
        } catch (JacksonException e) {
            String where = e.getLocation() == null || e.getLocation().getLineNr() < 1
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            return Outcome.refused("json", Json.reason(e) + where);
        }
    }

    /** The parser lets some forms pass that no UTF-8 has, such as a slash in two bytes. */
    private static boolean isUtf8(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                    return true;
                } catch (CharacterCodingException _) {
                    return false;
                }
            }
        }
        return true;
    }

    private Outcome text(byte[] bytes, MediaType type) {
        String text = strictText(bytes, type.charset());
        Outcome outcome = validated(bytes, TextValue.of(text, shape));
        return outcome.violations().isEmpty() ? outcome : orElse(bytes, outcome, other -> TextValue.of(text, other));
    }

    /** Bytes have no value; their number can be held to {@code minLength} and {@code maxLength}, one character a byte. */
    private Outcome binary(byte[] bytes) {
        List<Violation> violations = !shape.bounds().equals(ByteBounds.NONE)
                ? schema.map(compiled -> compiled.validateRequest(
                                NODES.stringNode(new String(bytes, StandardCharsets.ISO_8859_1))))
                        .orElse(List.of())
                : List.of();
        return new Outcome(new ReceivedBody(bytes, Optional.empty(), List.of()), violations);
    }

    /** @throws IllegalArgumentException when the bytes are no text in the character set */
    static String strictText(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not " + charset, e);
        }
    }

    /** Where the letter does not hold, commas that are encoded may yet be meant as those between items. */
    private Outcome form(byte[] bytes) {
        Query form = Query.parse(strictText(bytes, StandardCharsets.UTF_8));
        Outcome outcome = validated(bytes, forms.read(form));
        if (outcome.violations().isEmpty()) {
            return outcome;
        }
        Query plain = forms.plainCommas(form);
        Outcome other = plain.equals(form) ? outcome : validated(bytes, forms.read(plain));
        return other.violations().isEmpty()
                ? other
                : orElse(bytes, outcome, narrower -> new FormReader(narrower, encodings).read(form));
    }
}
