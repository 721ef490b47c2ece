package dev.brr.runtime.example;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ResponseDeclaration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The answers that the document gives for one operation, made once: one for each media type of its response. */
public final class OperationExamples {
    private static final MediaType JSON = MediaType.parse("application/json").orElseThrow();
    private static final MediaType TEXT =
            MediaType.parse("text/plain; charset=utf-8").orElseThrow();

    private final List<ExampleAnswer> answers = new ArrayList<>();

    public OperationExamples(Operation operation, ContractSchemas schemas, References references) {
        ResponseDeclaration response = chosen(operation.responses());
        int status = status(response.status());
        HeaderSamples headers = HeaderSamples.of(response, schemas, references);
        for (MediaTypeDeclaration declaration : response.content()) {
            MediaType.parse(declaration.mediaType())
                    .ifPresent(type -> answers.add(answer(status, type, headers, declaration, schemas, references)));
        }
        if (answers.isEmpty()) {
            answers.add(
                    new ExampleAnswer(status, Optional.empty(), headers.headers(), new byte[0], headers.violations()));
        }
    }

    /** Gives the answer in a media type that the document declares, or the first one. */
    public ExampleAnswer answer(Optional<MediaType> wanted) {
        return wanted.flatMap(this::closest).orElse(answers.getFirst());
    }

    /** Several answers may have the same media type with other parameters. */
    private Optional<ExampleAnswer> closest(MediaType wanted) {
        return answers.stream()
                .filter(answer -> answer.mediaType().filter(wanted::includes).isPresent())
                .min(Comparator.comparing(answer -> !answer.mediaType().equals(Optional.of(wanted))));
    }

    /** Lists where examples depart from their schemas. */
    public List<Violation> violations() {
        return answers.stream().flatMap(answer -> answer.violations().stream()).toList();
    }

    /** The lowest successful status, or else the lowest there is. */
    private static ResponseDeclaration chosen(Map<String, ResponseDeclaration> responses) {
        return responses.values().stream()
                .min((a, b) -> rank(a.status()).compareTo(rank(b.status())))
                .orElseGet(() -> new ResponseDeclaration("200", List.of(), List.of()));
    }

    private static String rank(String status) {
        if (status.equals("default")) {
            return "1";
        }
        return status.startsWith("2") ? "0" + status : "2" + status;
    }

    private static int status(String declared) {
        return switch (declared) {
            case "default" -> 200;
            default -> Integer.parseInt(declared.replace("XX", "00"));
        };
    }

    /** An answer has one type where the document allows many: text for a text, else JSON where that is allowed. */
    private static MediaType concrete(MediaType range, JsonNode value) {
        if (!range.isRange()) {
            return range;
        }
        return value.isString() && range.includes(TEXT)
                ? TEXT
                : range.includes(JSON) ? JSON : new MediaType(range.type(), "octet-stream", Map.of());
    }

    private static ExampleAnswer answer(
            int status,
            MediaType declared,
            HeaderSamples headers,
            MediaTypeDeclaration declaration,
            ContractSchemas schemas,
            References references) {
        Optional<JsonNode> given = declaration.example();
        JsonNode value = given.or(
                        () -> declaration.schemaPointer().map(pointer -> new SchemaSample(references).of(pointer)))
                .orElseGet(() -> Json.MAPPER.createObjectNode());
        MediaType type = concrete(declared, value);
        boolean isText = !type.isJson() && (value.isString() || type.type().equals("text"));
        byte[] bytes = isText ? text(value, type) : Json.MAPPER.writeValueAsBytes(value);
        List<Violation> ofBody = type.isJson() && given.isPresent()
                ? declaration
                        .schemaPointer()
                        .map(schemas::at)
                        .map(schema -> schema.validateResponse(value))
                        .orElse(List.of())
                : List.of();
        List<Violation> violations = new ArrayList<>(headers.violations());
        violations.addAll(ofBody);
        return new ExampleAnswer(status, Optional.of(type), headers.headers(), bytes, List.copyOf(violations));
    }

    /** A character set that Java does not know is the document's mistake, and no reason not to start. */
    private static byte[] text(JsonNode value, MediaType type) {
        String text = value.asString("");
        try {
            return text.getBytes(type.charset());
        } catch (IllegalArgumentException _) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
