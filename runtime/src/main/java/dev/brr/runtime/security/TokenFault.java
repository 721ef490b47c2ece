package dev.brr.runtime.security;

/** Why a token is not taken, in words that give nothing away of what would be. */
public enum TokenFault {
    MALFORMED("The token is not a signed JWT"),
    KEY("The token is not signed by an algorithm and a key that are accepted"),
    SIGNATURE("The token has a wrong signature"),
    EXPIRED("The token has expired"),
    CLAIMS("The token is not meant for this service, or not yet, or lacks a claim");

    private final String description;

    TokenFault(String description) {
        this.description = description;
    }

    /** What a client reads as {@code error_description} (RFC 6750, section 3). */
    public String description() {
        return description;
    }
}
