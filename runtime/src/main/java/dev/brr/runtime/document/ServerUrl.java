package dev.brr.runtime.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Takes the base path out of a server URL. */
final class ServerUrl {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern AUTHORITY = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*|^//[^/?#]*");

    private static final Pattern ORIGIN =
            Pattern.compile("^(?:https?:)?//(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:.]+])(?::[0-9]+)?(?=[/?#]|$)");

    /** Variables of many values each would multiply. */
    private static final int MAX_PATHS = 64;

    private ServerUrl() {}

    /**
     * Puts the variables in and gives the paths without a slash at the end; empty for the root.
     *
     * @return the path of the variables' defaults first, then those of the other values that a variable may have
     */
    static List<String> basePaths(String url, JsonNode server) {
        String path = AUTHORITY.matcher(url).replaceFirst("");
        return filled(path, server).stream().map(ServerUrl::trimmed).distinct().toList();
    }

    /** Gives scheme and authority of the URLs that name a host, as a {@code Content-Security-Policy} takes them. */
    static List<String> origins(String url, JsonNode server) {
        return filled(url, server).stream()
                .map(ORIGIN::matcher)
                .filter(Matcher::find)
                .map(origin -> origin.group().startsWith("//") ? origin.group().substring(2) : origin.group())
                .distinct()
                .toList();
    }

    private static List<String> filled(String text, JsonNode server) {
        List<String> filled = List.of(text);
        for (Matcher variable = VARIABLE.matcher(text); variable.find(); ) {
            List<String> values = values(server.path("variables").path(variable.group(1)));
            String place = variable.group();
            filled = filled.stream()
                    .flatMap(part -> values.stream().map(value -> part.replace(place, value)))
                    .limit(MAX_PATHS)
                    .toList();
        }
        return filled;
    }

    /** Names the variables of the path; those of the host decide nothing here. */
    static Set<String> variables(String url) {
        Set<String> names = new LinkedHashSet<>();
        Matcher variable = VARIABLE.matcher(AUTHORITY.matcher(url).replaceFirst(""));
        while (variable.find()) {
            names.add(variable.group(1));
        }
        return names;
    }

    private static List<String> values(JsonNode variable) {
        Set<String> values = new LinkedHashSet<>();
        values.add(variable.path("default").asString(""));
        variable.path("enum").forEach(value -> values.add(value.asString("")));
        return List.copyOf(values);
    }

    private static String trimmed(String filled) {
        // A variable may hold the whole of what comes before the path.
        String path = AUTHORITY.matcher(filled).replaceFirst("");
        int end = path.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = path.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.substring(0, end).split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments.isEmpty() ? "" : "/" + String.join("/", segments);
    }
}
