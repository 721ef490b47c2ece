package dev.brr.runtime.contract;

import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ResponseDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The responses that one operation may give. */
public final class OperationResponses {
    private record Content(MediaType type, Optional<ContractSchema> schema, SchemaShape shape) {}

    private record Declared(List<Content> contents, ClosestType<Content> closest, OperationParameters headers) {
        Optional<Content> content(MediaType type) {
            return closest.find(type);
        }
    }

    private final Map<String, Declared> byStatus = new HashMap<>();
    private final List<MediaType> successTypes = new ArrayList<>();
    private final boolean bodies;

    /** @param bodies whether there are bodies at all, which {@code HEAD} does without */
    OperationResponses(
            Map<String, ResponseDeclaration> responses,
            ContractSchemas schemas,
            References references,
            boolean bodies) {
        this.bodies = bodies;
        responses.forEach((status, response) -> {
            List<Content> contents = new ArrayList<>();
            for (MediaTypeDeclaration declaration : response.content()) {
                MediaType.parse(declaration.mediaType())
                        .ifPresent(type -> contents.add(content(type, declaration, schemas, references)));
            }
            if (status.startsWith("2")) {
                contents.forEach(content -> successTypes.add(content.type()));
            }
            contents.sort(
                    Comparator.comparingInt((Content content) -> content.type().precision())
                            .reversed());
            OperationParameters headers = new OperationParameters(response.headers(), schemas, references);
            byStatus.put(status, new Declared(contents, new ClosestType<>(contents, Content::type), headers));
        });
        Declared otherwise = byStatus.get("default");
        if (otherwise != null && byStatus.keySet().stream().noneMatch(status -> status.startsWith("2"))) {
            otherwise.contents().forEach(content -> successTypes.add(content.type()));
        }
    }

    private static Content content(
            MediaType type, MediaTypeDeclaration declaration, ContractSchemas schemas, References references) {
        SchemaShape shape = type.isJson()
                ? SchemaShape.ANY
                : declaration
                        .schemaPointer()
                        .map(pointer -> SchemaShape.of(references, pointer))
                        .orElse(SchemaShape.ANY);
        return new Content(type, declaration.schemaPointer().map(schemas::at), shape);
    }

    /** Lists the media types of the successful responses, in the document's order. */
    public List<MediaType> successTypes() {
        return successTypes;
    }

    /**
     * Finds the media type of an answer that names none itself.
     *
     * @param negotiated what the client and the document agree on for a successful answer
     * @return the negotiated type, or the first one of the status where it is not declared for that
     */
    public Optional<MediaType> mediaType(int status, Optional<MediaType> negotiated) {
        Declared declared = declared(status);
        if (declared == null || declared.contents().isEmpty()) {
            return status < 300 ? negotiated : Optional.empty();
        }
        Optional<MediaType> agreed =
                negotiated.filter(type -> declared.content(type).isPresent());
        return agreed.isPresent()
                ? agreed
                : Optional.of(declared.contents().getFirst().type());
    }

    /** Whether an answer of a status never has a body (RFC 9110, section 6.4.1). */
    public static boolean isBodiless(int status) {
        return status == 204 || status == 205 || status == 304;
    }

    /**
     * Holds a response to the document.
     *
     * <p>A problem that the document does not mention is not a violation: any operation may fail. Nor is a body of a
     * failure for which no body is declared, nor anything where no response is declared at all.
     *
     * @param type the media type of its body; nothing when it has none
     * @param body the value of a JSON body, the text of a text; null when there is none to check
     * @param headers the headers it carries, by names in upper or lower case
     */
    public List<Violation> validate(
            int status, Optional<MediaType> type, @Nullable JsonNode body, Map<String, String> headers) {
        if (byStatus.isEmpty()) {
            return List.of();
        }
        boolean problem = type.isEmpty() || type.get().subtype().equals("problem+json");
        Declared declared = declared(status);
        if (declared == null) {
            return status >= 400 && problem ? List.of() : broken("status", "the status " + status + " is not declared");
        }
        List<Violation> ofHeaders =
                declared.headers().read(new HeaderValues(headers)).violations();
        if (!ofHeaders.isEmpty()) {
            return List.of(ofHeader(ofHeaders.getFirst()));
        }
        if (isBodiless(status)) {
            return type.isEmpty() ? List.of() : broken("mediaType", "an answer of " + status + " has no body");
        }
        if (!bodies) {
            return List.of();
        }
        if (declared.contents().isEmpty()) {
            return type.isEmpty() || status >= 400 ? List.of() : broken("mediaType", "no body is declared");
        }
        if (type.isEmpty()) {
            return broken("mediaType", "the body that is declared is missing");
        }
        Optional<Content> content = declared.content(type.get());
        if (content.isEmpty()) {
            return problem ? List.of() : broken("mediaType", type.get().text() + " is not declared");
        }
        return body == null ? List.of() : validate(content.get(), type.get(), body);
    }

    /** Holds the headers of an answer that is made once to what is declared of them. */
    public static List<Violation> validateHeaders(
            List<Parameter> declared, Map<String, String> headers, ContractSchemas schemas, References references) {
        return new OperationParameters(declared, schemas, references)
                .read(new HeaderValues(headers)).violations().stream()
                        .map(OperationResponses::ofHeader)
                        .toList();
    }

    private static Violation ofHeader(Violation violation) {
        return new Violation("header", violation.name(), violation.name(), "header", violation.message());
    }

    private static List<Violation> validate(Content content, MediaType type, JsonNode body) {
        if (content.schema().isEmpty()) {
            return List.of();
        }
        ContractSchema schema = content.schema().get();
        if (type.isJson() || !body.isString()) {
            return schema.validateResponse(body);
        }
        String text = body.stringValue();
        List<Violation> violations = schema.validateResponse(TextValue.of(text, content.shape()));
        boolean holds = violations.isEmpty()
                || OtherReadings.find(
                                content.shape(),
                                violations,
                                shape -> TextValue.of(text, shape),
                                schema::validateResponse)
                        .isPresent();
        return holds ? List.of() : violations;
    }

    private @Nullable Declared declared(int status) {
        Declared exact = status == 200 ? byStatus.get("200") : byStatus.get(Integer.toString(status));
        if (exact != null) {
            return exact;
        }
        Declared range = byStatus.get(status / 100 + "XX");
        return range != null ? range : byStatus.get("default");
    }

    private static List<Violation> broken(String keyword, String message) {
        return List.of(Violation.ofBody("", keyword, message));
    }
}
