package dev.brr.runtime.document;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a service needs of a checked document.
 *
 * @param title the document's title
 * @param version the version of the API described, not of OpenAPI
 * @param basePaths the path part of each server URL, without a slash at the end; the empty string for the root
 * @param operations every operation, in the document's order
 * @param securitySchemes the declared schemes by name
 * @param policies what the document says of callers as a whole
 * @param root the whole document in 3.1 form, so that schema pointers resolve in it
 */
public record ServiceDocument(
        String title,
        String version,
        List<String> basePaths,
        List<Operation> operations,
        Map<String, SecurityScheme> securitySchemes,
        Policies policies,
        JsonNode root) {
    public ServiceDocument {
        basePaths = List.copyOf(basePaths);
        operations = List.copyOf(operations);
        securitySchemes = Map.copyOf(securitySchemes);
    }

    /** Reads and checks a document, YAML or JSON. */
    public static DocumentCheck check(String text) {
        return new DocumentChecker().check(text);
    }

    /** Reads a document of that text, and checks it unless the file beside it says that this was done. */
    public static DocumentCheck check(Path file, String text) {
        Optional<ServiceDocument> checked = CheckedDocument.read(CheckedDocument.beside(file), text);
        return checked.isPresent() ? new DocumentCheck.Valid(checked.get()) : check(text);
    }

    /**
     * Gives a document, YAML or JSON, as JSON text, with nothing changed.
     *
     * @throws IllegalArgumentException when it can be read as neither
     */
    public static String asJson(String text) {
        try {
            return JsonMapper.shared()
                    .writeValueAsString(DocumentChecker.read(text).root());
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
