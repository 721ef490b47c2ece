package dev.brr.runtime.contract;

import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.ResponseDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The responses that one operation may give. */
public final class OperationResponses {
    private record Content(MediaType type, Optional<ContractSchema> schema) {}

    private record Declared(List<Content> contents, List<String> requiredHeaders) {}

    private final Map<String, Declared> byStatus = new HashMap<>();
    private final List<MediaType> successTypes = new ArrayList<>();

    OperationResponses(Map<String, ResponseDeclaration> responses, ContractSchemas schemas) {
        responses.forEach((status, response) -> {
            List<Content> contents = new ArrayList<>();
            for (MediaTypeDeclaration declaration : response.content()) {
                MediaType.parse(declaration.mediaType())
                        .ifPresent(type -> contents.add(
                                new Content(type, declaration.schemaPointer().map(schemas::at))));
            }
            byStatus.put(status, new Declared(contents, response.requiredHeaders()));
            if (status.startsWith("2")) {
                contents.forEach(content -> successTypes.add(content.type()));
            }
        });
    }

    /** Lists the media types of the successful responses, in the document's order. */
    public List<MediaType> successTypes() {
        return successTypes;
    }

    /**
     * Holds a response to the document.
     *
     * <p>A problem that the document does not mention is not a violation: any operation may fail.
     *
     * @param body the value of a JSON body, null when there is none to check
     * @param headers names of the headers it carries, lower case
     */
    public List<Violation> validate(
            int status, Optional<MediaType> type, @Nullable JsonNode body, Set<String> headers) {
        Declared declared = declared(status);
        if (declared == null) {
            return status >= 400 ? List.of() : broken("status", "the status " + status + " is not declared");
        }
        for (String header : declared.requiredHeaders()) {
            if (!headers.contains(header.toLowerCase(Locale.ROOT))) {
                return broken("header", "the header " + header + " is missing");
            }
        }
        if (declared.contents().isEmpty() || type.isEmpty()) {
            return List.of();
        }
        for (Content content : declared.contents()) {
            if (content.type().includes(type.get())) {
                return content.schema().isPresent() && body != null
                        ? content.schema().get().validateResponse(body)
                        : List.of();
            }
        }
        boolean problem = type.get().subtype().equals("problem+json");
        return problem ? List.of() : broken("mediaType", type.get().essence() + " is not declared");
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
