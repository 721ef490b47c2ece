package dev.brr.runtime.config;

import java.nio.file.Path;

/**
 * What is served.
 *
 * @param spec the OpenAPI document
 * @param responseValidation whether answers are held to the document
 * @param reload whether the document is read anew when its file changes
 */
public record DocumentSettings(Path spec, boolean responseValidation, boolean reload) {

    /** The settings for a document when nothing else is said. */
    public static DocumentSettings of(Path spec) {
        return new DocumentSettings(spec, true, false);
    }

    /** The same with answers held to the document or not. */
    public DocumentSettings withResponseValidation(boolean on) {
        return new DocumentSettings(spec, on, reload);
    }

    /** The same with the document read anew when it changes, or not. */
    public DocumentSettings withReload(boolean on) {
        return new DocumentSettings(spec, responseValidation, on);
    }
}
