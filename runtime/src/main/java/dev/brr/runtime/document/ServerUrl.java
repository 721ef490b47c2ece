package dev.brr.runtime.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Takes the base path out of a server URL. */
final class ServerUrl {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern AUTHORITY = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*|^//[^/?#]*");

    private ServerUrl() {}

    /** Puts the variables' defaults in and gives the path without a slash at the end; empty for the root. */
    static String basePath(String url, JsonNode server) {
        String filled = VARIABLE.matcher(url)
                .replaceAll(match -> Matcher.quoteReplacement(server.path("variables")
                        .path(match.group(1))
                        .path("default")
                        .asString("")));
        String path = AUTHORITY.matcher(filled).replaceFirst("");
        int end = path.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = path.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        path = path.substring(0, end);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
