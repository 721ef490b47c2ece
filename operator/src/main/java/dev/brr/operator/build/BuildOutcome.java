package dev.brr.operator.build;

import dev.brr.operator.openapi.DocumentProblem;
import java.time.Instant;
import java.util.List;

/** Tells what became of a build. */
public sealed interface BuildOutcome {

    /** It is queued or runs. */
    record Running() implements BuildOutcome {}

    /**
     * The image is in the registry.
     *
     * @param adopted whether it was there before and nothing was built
     * @param aot whether it brings an AOT cache
     */
    record Succeeded(String repository, String digest, String revision, boolean adopted, AotDecision aot)
            implements BuildOutcome {

        /** Returns the image by digest. */
        public String image() {
            return repository + "@" + digest;
        }
    }

    /** The document cannot be served; nothing was built, and nothing will be until it changes. */
    record Refused(List<DocumentProblem> problems) implements BuildOutcome {}

    /**
     * The base image cannot carry a service; nothing was built.
     *
     * @param message why, and what to do
     * @param retryAt when the base is looked at again, which may be another one by then
     */
    record BaseRefused(String message, Instant retryAt) implements BuildOutcome {}

    /**
     * Building or pushing failed.
     *
     * @param message what went wrong and, where it is known, what to do; no credential in it
     * @param attempts how often it was tried
     * @param retryAt when it is tried again
     */
    record Failed(String message, int attempts, Instant retryAt) implements BuildOutcome {}
}
