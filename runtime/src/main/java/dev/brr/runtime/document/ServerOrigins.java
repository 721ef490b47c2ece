package dev.brr.runtime.document;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the other origins that a document has its clients call. */
public final class ServerOrigins {
    private static final int MOST = 64;

    private final Set<String> origins = new LinkedHashSet<>();

    private ServerOrigins() {}

    /** Lists them as {@code https://api.example.com}, from the servers of the document, its paths and operations. */
    public static Set<String> of(ServiceDocument document) {
        ServerOrigins found = new ServerOrigins();
        JsonNode root = document.root();
        found.add(root);
        found.addPaths(root.path("paths"));
        found.addPaths(root.path("components").path("pathItems"));
        return found.origins;
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
            ServerUrl.origins(server.path("url").asString(""), server).stream()
                    .filter(_ -> origins.size() < MOST)
                    .forEach(origins::add);
        }
    }
}
