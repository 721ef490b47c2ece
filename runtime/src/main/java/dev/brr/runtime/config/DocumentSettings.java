package dev.brr.runtime.config;

import java.nio.file.Path;

/**
 * What is served.
 *
 * @param spec the OpenAPI document
 * @param responseValidation whether answers are held to the document
 * @param responseSamplePercent how many of a hundred answers are, taken by chance
 * @param formatAssertion whether {@code format} is held to, which JSON Schema leaves open
 * @param reload whether the document is read anew when its file changes
 */
public record DocumentSettings(
        Path spec, boolean responseValidation, int responseSamplePercent, boolean formatAssertion, boolean reload) {

    /** The settings for a document when nothing else is said. */
    public static DocumentSettings of(Path spec) {
        return new DocumentSettings(spec, true, 100, true, false);
    }

    /** The same with answers held to the document or not. */
    public DocumentSettings withResponseValidation(boolean on) {
        return new DocumentSettings(spec, on, responseSamplePercent, formatAssertion, reload);
    }

    /** The same with the document read anew when it changes, or not. */
    public DocumentSettings withReload(boolean on) {
        return new DocumentSettings(spec, responseValidation, responseSamplePercent, formatAssertion, on);
    }

    /** The same with {@code format} held to or not. */
    public DocumentSettings withFormatAssertion(boolean on) {
        return new DocumentSettings(spec, responseValidation, responseSamplePercent, on, reload);
    }
}
