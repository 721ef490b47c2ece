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
        List<String> filled = List.of(path);
        for (Matcher variable = VARIABLE.matcher(path); variable.find(); ) {
            List<String> values = values(server.path("variables").path(variable.group(1)));
            String place = variable.group();
            filled = filled.stream()
                    .flatMap(text -> values.stream().map(value -> text.replace(place, value)))
                    .limit(MAX_PATHS)
                    .toList();
        }
        return filled.stream().map(ServerUrl::trimmed).distinct().toList();
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
