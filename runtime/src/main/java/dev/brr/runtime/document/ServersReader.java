package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the {@code servers} of a document, a path or an operation, of which the closest count (OpenAPI 3.1.1, 4.8.5). */
final class ServersReader {
    /** What holds where no servers are named. */
    static final List<String> ROOT = List.of("");

    private final Findings findings;

    ServersReader(Findings findings) {
        this.findings = findings;
    }

    /** Gives the base paths of the servers, each once; nothing when none are named. */
    Optional<List<String>> read(Located holder) {
        return findings.array(holder, "servers").map(this::paths).filter(paths -> !paths.isEmpty());
    }

    private List<String> paths(Located servers) {
        List<String> paths = new ArrayList<>();
        for (Located server : servers.items()) {
            if (!server.isObject()) {
                findings.add(server.pointer(), "a server has to be a map with the key url");
                continue;
            }
            findings.requiredText(server, "url").ifPresent(url -> {
                undeclared(url, server);
                for (String path : ServerUrl.basePaths(url, server.node())) {
                    if (path.indexOf('{') >= 0 || path.indexOf('}') >= 0) {
                        findings.add(Pointer.child(server.pointer(), "url"), "the brace in " + path + " has no other");
                    } else if (!paths.contains(path)) {
                        paths.add(path);
                    }
                }
            });
        }
        return paths;
    }

    /** Without a value the path would be another one than was written. */
    private void undeclared(String url, Located server) {
        for (String name : ServerUrl.variables(url)) {
            JsonNode value = server.node().path("variables").path(name).path("default");
            if (!value.isValueNode() || value.isNull()) {
                findings.add(
                        Pointer.child(server.pointer(), "url"),
                        "the server variable " + name + " has no default among variables");
            }
        }
    }
}
