package dev.brr.runtime.document;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the other origins that a document has its clients call. */
public final class CalledOrigins {
    private static final int MOST = 64;
    /** What a security scheme says of where its clients get their tokens, itself or in one of its flows. */
    private static final List<String> OF_TOKENS =
            List.of("openIdConnectUrl", "authorizationUrl", "tokenUrl", "refreshUrl");

    private final Set<String> origins = new LinkedHashSet<>();

    private CalledOrigins() {}

    /**
     * Lists them as {@code https://api.example.com}, from the security schemes of the document, and from the servers of
     * the document, its paths and operations.
     */
    public static Set<String> of(ServiceDocument document) {
        CalledOrigins found = new CalledOrigins();
        JsonNode root = document.root();
        // There are few of them, and without them nobody gets to call a server.
        root.path("components").path("securitySchemes").forEach(found::addScheme);
        found.add(root);
        found.addPaths(root.path("paths"));
        found.addPaths(root.path("components").path("pathItems"));
        return found.origins;
    }

    private void addScheme(JsonNode scheme) {
        addTokens(scheme);
        scheme.path("flows").forEach(this::addTokens);
    }

    /** A URL without a scheme is one of the page's own origin, or of an origin that the page would have to guess at. */
    private void addTokens(JsonNode holder) {
        for (String key : OF_TOKENS) {
            String url = holder.path(key).asString("");
            if (url.startsWith("http")) {
                add(ServerUrl.origins(url, holder));
            }
        }
    }

    private void addPaths(JsonNode paths) {
        paths.forEach(item -> {
            add(item);
            item.forEach(this::add);
        });
    }

    private void add(JsonNode holder) {
        if (!holder.isObject()) {
            return;
        }
        for (JsonNode server : holder.path("servers")) {
            add(ServerUrl.origins(server.path("url").asString(""), server));
        }
    }

    private void add(List<String> found) {
        found.stream().filter(_ -> origins.size() < MOST).forEach(origins::add);
    }
}
