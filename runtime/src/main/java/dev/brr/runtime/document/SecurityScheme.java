package dev.brr.runtime.document;

/** Describes one way for a caller to show who it is. */
public sealed interface SecurityScheme {

    /** Its name under {@code components/securitySchemes}. */
    String name();

    /** A fixed key in a header, query parameter or cookie of the given name. */
    record ApiKey(String name, Parameter.Location in, String parameter) implements SecurityScheme {}

    /** An HTTP authentication scheme, in lower case: {@code basic}, {@code bearer}, ... */
    record Http(String name, String scheme) implements SecurityScheme {}

    /** OAuth 2: a bearer token with scopes. */
    record OAuth2(String name) implements SecurityScheme {}

    /** OpenID Connect: a bearer token with scopes, its issuer found by discovery. */
    record OpenIdConnect(String name, String url) implements SecurityScheme {}

    /** A client certificate. */
    record MutualTls(String name) implements SecurityScheme {}
}
