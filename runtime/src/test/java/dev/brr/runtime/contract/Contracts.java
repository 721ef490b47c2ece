package dev.brr.runtime.contract;

import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;

/** Compiled contracts of small documents. */
final class Contracts {
    private Contracts() {}

    /** The contract of the first operation of a document of the given members. */
    static OperationContract of(String members) {
        return of(Documents.valid(members));
    }

    /** The contract of the first operation of a whole document. */
    static OperationContract ofText(String text) {
        return of(((DocumentCheck.Valid) ServiceDocument.check(text)).document());
    }

    private static OperationContract of(ServiceDocument document) {
        Operation operation = document.operations().getFirst();
        return OperationContract.compile(
                operation,
                document.securitySchemes().values(),
                new ContractSchemas(document.root()),
                new References(document.root()));
    }

    /** The contract of an operation, POST /a, with a body of the media type and schema given in flow style. */
    static OperationContract ofBody(String mediaType, String schema) {
        return of("""
                paths:
                  /a:
                    post:
                      requestBody: {required: true, content: {"%s": {schema: %s}}}
                      responses: {'200': {description: d}}
                """.formatted(mediaType, schema));
    }

    /** The contract of an operation with one parameter of the members given in flow style. */
    static OperationContract ofParameter(String parameter) {
        String path = parameter.contains("in: path") ? "/a/{color}" : "/a";
        return of("""
                paths:
                  %s:
                    get:
                      parameters: [{%s}]
                      responses: {'200': {description: d}}
                """.formatted(path, parameter));
    }
}
