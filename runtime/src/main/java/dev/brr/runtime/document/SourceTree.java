package dev.brr.runtime.document;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Holds a parsed document together with the line each of its values stands on.
 *
 * @param root the parsed value
 * @param lines JSON pointer to source line, counted from 1
 */
record SourceTree(JsonNode root, Map<String, Integer> lines) {

    /** Finds the line of a value, or of the nearest value around it that the source has. */
    int line(String pointer) {
        String at = pointer;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            at = Pointer.parent(at);
        }
        return lines.getOrDefault("", 1);
    }

    DocumentProblem problem(String pointer, String message) {
        return new DocumentProblem(line(pointer), pointer, message);
    }
}
