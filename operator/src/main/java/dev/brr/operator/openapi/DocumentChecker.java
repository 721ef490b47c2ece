package dev.brr.operator.openapi;

import java.io.IOException;
import java.util.List;

/** Says whether the service runtime can serve a document. */
@FunctionalInterface
public interface DocumentChecker {

    /**
     * Checks a document.
     *
     * @return every problem; none where the document can be served
     * @throws IOException where the check itself could not be made
     * @throws InterruptedException where the caller gave up
     */
    List<DocumentProblem> check(String document) throws IOException, InterruptedException;
}
