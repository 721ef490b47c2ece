package dev.brr.api.v1alpha1;

/** A signature algorithm of tokens with a public key (RFC 7518, section 3.1). */
public enum JwtAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512
}
