package dev.brr.runtime.config;

/**
 * A credential of a scheme whose kind the document tells. Its text form holds its source alone.
 *
 * @param source the variable that it came from
 * @param text the key of an apiKey scheme, or the users of an HTTP basic scheme
 */
public record CredentialSettings(String source, String text) {
    @Override
    public String toString() {
        return source;
    }
}
