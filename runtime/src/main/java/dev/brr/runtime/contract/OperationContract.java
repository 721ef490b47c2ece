package dev.brr.runtime.contract;

import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.SecurityScheme;
import java.util.Collection;
import java.util.Optional;

/**
 * Everything that a request of one operation and its response are held to, compiled once.
 *
 * @param operation what the document says
 * @param parameters its parameters
 * @param body its body, if one is declared
 * @param responses its responses
 */
public record OperationContract(
        Operation operation,
        OperationParameters parameters,
        Optional<OperationBody> body,
        OperationResponses responses) {

    /**
     * Compiles the contract of an operation.
     *
     * @param schemes those of the document: names by which keys travel are no properties of free-form objects
     */
    public static OperationContract compile(
            Operation operation, Collection<SecurityScheme> schemes, ContractSchemas schemas, References references) {
        return new OperationContract(
                operation,
                new OperationParameters(operation.parameters(), schemes, schemas, references),
                operation.body().map(body -> new OperationBody(body, schemas, references)),
                new OperationResponses(
                        operation.responses(),
                        schemas,
                        references,
                        !operation.method().equals("HEAD")));
    }
}
