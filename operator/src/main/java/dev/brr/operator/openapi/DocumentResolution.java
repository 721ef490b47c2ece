package dev.brr.operator.openapi;

/** Tells what became of {@code spec.openapi}. */
public sealed interface DocumentResolution {

    /** The document's text; {@code bundled} says that it is the pet store's, whose handlers go with it. */
    record Found(String text, boolean bundled) implements DocumentResolution {}

    /** There is no document yet; the message names what is missing and where it was looked for. */
    record Missing(String message) implements DocumentResolution {}
}
