package dev.brr.runtime.config;

import java.nio.file.Path;

/**
 * What is served.
 *
 * @param spec the OpenAPI document
 * @param responseValidation whether answers are held to the document
 */
public record DocumentSettings(Path spec, boolean responseValidation) {

    /** The settings for a document when nothing else is said. */
    public static DocumentSettings of(Path spec) {
        return new DocumentSettings(spec, true);
    }

    /** The same with answers held to the document or not. */
    public DocumentSettings withResponseValidation(boolean on) {
        return new DocumentSettings(spec, on);
    }
}
