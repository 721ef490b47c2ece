package dev.brr.runtime.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/** Where the public keys of a scheme come from: a JWK Set (RFC 7517). */
public interface KeyOrigin {
    /** How long a server may take to be reached, and then to answer, each; milliseconds. */
    int TIMEOUT_MILLIS = 2_000;

    /** The largest answer that is read; bytes. */
    int MAX_BYTES = 1024 * 1024;

    /**
     * Gets the keys; those that are not public are left out.
     *
     * @throws IOException when they cannot be had, or there is none that can be used
     */
    JWKSet fetch() throws IOException;

    /** Reads the place of a JWK Set: an http or https URL, or else the name of a file. */
    static Optional<KeyOrigin> parse(String place) {
        try {
            if (!place.contains("://")) {
                return place.isBlank() ? Optional.empty() : Optional.of(new OfFile(Path.of(place)));
            }
            URI url = new URI(place);
            return isUsable(url) ? Optional.of(new OfUrl(url)) : Optional.empty();
        } catch (URISyntaxException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(URI url) {
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        return web && url.getHost() != null && url.getRawUserInfo() == null;
    }

    /** A JWK Set in a file, such as a mounted ConfigMap. */
    record OfFile(Path file) implements KeyOrigin {
        @Override
        public JWKSet fetch() throws IOException {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            return keys(Files.readString(file));
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A JWK Set that a server gives. */
    record OfUrl(URI url) implements KeyOrigin {
        @Override
        public JWKSet fetch() throws IOException {
            return keys(get(url));
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /**
     * The JWK Set that an OpenID provider's own description names (OpenID Connect Discovery 1.0, section 4).
     *
     * @param url the description
     * @param issuer the issuer that it has to be of, so that keys of another are never taken
     */
    record OfProvider(URI url, String issuer) implements KeyOrigin {
        @Override
        public JWKSet fetch() throws IOException {
            Map<String, Object> description;
            try {
                description = JSONObjectUtils.parse(get(url));
            } catch (ParseException e) {
                throw new IOException("the description of the provider is not a JSON object", e);
            }
            return keys(description).fetch();
        }

        /** What comes over https is not to be undone by keys that anybody on the way may change. */
        OfUrl keys(Map<String, Object> description) throws IOException {
            if (!issuer.equals(description.get("issuer"))) {
                throw new IOException("the description is of another issuer, " + description.get("issuer"));
            }
            Optional<KeyOrigin> keys = KeyOrigin.parse(String.valueOf(description.get("jwks_uri")));
            if (keys.isEmpty() || !(keys.get() instanceof OfUrl found)) {
                throw new IOException("the description names no jwks_uri");
            }
            if ("https".equals(url.getScheme()) && !"https".equals(found.url().getScheme())) {
                throw new IOException("the description comes by https and names keys that do not, " + found);
            }
            return found;
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    private static String get(URI url) throws IOException {
        ResourceRetriever retriever = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
        return retriever.retrieveResource(url.toURL()).getContent();
    }

    private static JWKSet keys(String text) throws IOException {
        JWKSet keys;
        try {
            keys = JWKSet.parse(text).toPublicJWKSet();
        } catch (ParseException e) {
            throw new IOException("it is not a JWK Set: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IOException("it has no public key");
        }
        return keys;
    }
}
