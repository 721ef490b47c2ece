package dev.brr.runtime.handler;

/** Answers the requests of one operation. */
@FunctionalInterface
public interface OperationHandler {

    /**
     * Answers a request that has been authenticated and holds to the document.
     *
     * <p>Runs on a virtual thread and may block. An exception becomes a 500 that tells the client nothing; throw
     * {@link ProblemException} for what the client should know.
     */
    Response handle(Request request) throws Exception;
}
