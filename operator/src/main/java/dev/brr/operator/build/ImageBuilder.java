package dev.brr.operator.build;

import java.io.IOException;

/** Brings the image of a request into the registry. */
public interface ImageBuilder {

    /**
     * Builds and pushes, or finds that the registry has the revision already. Blocks for as long as that takes.
     *
     * @param checked what a start reads in place of checking the document again; empty for nothing
     * @throws RefusedBaseException where the base cannot carry a service
     * @throws IOException with a message for people: what failed, and what to do
     * @throws InterruptedException where the operator stops
     */
    BuildOutcome.Succeeded build(BuildRequest request, String checked) throws IOException, InterruptedException;
}
