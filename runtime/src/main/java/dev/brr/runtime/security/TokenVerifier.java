package dev.brr.runtime.security;

/** Tells good tokens of one scheme from others. */
public interface TokenVerifier {

    /** The scheme's name in the document. */
    String scheme();

    /** Verifies a token; may wait for keys, a few seconds at most. */
    TokenOutcome verify(String token);

    /** Has something told of each fetch of keys that fails. */
    default void onFailedFetch(Runnable listener) {}

    /** Knows no keys, so that no token is good. */
    static TokenVerifier closed(String scheme) {
        TokenOutcome rejected = new TokenOutcome.Rejected(TokenFault.KEY);
        return new TokenVerifier() {
            @Override
            public String scheme() {
                return scheme;
            }

            @Override
            public TokenOutcome verify(String token) {
                return rejected;
            }
        };
    }
}
