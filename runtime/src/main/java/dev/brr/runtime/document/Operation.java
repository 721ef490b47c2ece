package dev.brr.runtime.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes one operation: a method on a path.
 *
 * @param id the operationId, or {@code METHOD /path} where the document gives none
 * @param method the HTTP method in upper case
 * @param path the path template
 * @param basePaths the path part of the URL of each server that has it, without a slash at the end
 * @param parameters the parameters of the operation and of its path, every {@code $ref} resolved
 * @param body the request body, if one is declared
 * @param responses the responses by status: {@code 200}, {@code 2XX} or {@code default}
 * @param security the alternatives that let a request in; empty when anyone may call
 * @param policies what the operation or its path says of callers
 * @param pointer where the operation stands in the document
 */
public record Operation(
        String id,
        String method,
        PathTemplate path,
        List<String> basePaths,
        List<Parameter> parameters,
        Optional<RequestBody> body,
        Map<String, ResponseDeclaration> responses,
        List<SecurityRequirement> security,
        Policies policies,
        String pointer) {
    public Operation {
        basePaths = List.copyOf(basePaths);
        parameters = List.copyOf(parameters);
        security = List.copyOf(security);
    }
}
