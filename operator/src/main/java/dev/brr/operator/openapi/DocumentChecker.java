package dev.brr.operator.openapi;

import java.io.IOException;

/** Says whether the service runtime can serve a document. */
@FunctionalInterface
public interface DocumentChecker {

    /**
     * Checks a document.
     *
     * @throws IOException where the check itself could not be made
     * @throws InterruptedException where the caller gave up
     */
    DocumentVerdict check(String document) throws IOException, InterruptedException;
}
