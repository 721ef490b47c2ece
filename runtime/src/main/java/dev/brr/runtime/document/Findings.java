package dev.brr.runtime.document;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the problems of one document, and reads its values with the types that they have to have. */
final class Findings {
    private final SourceTree source;
    private final Set<DocumentProblem> problems = new LinkedHashSet<>();

    Findings(SourceTree source) {
        this.source = source;
    }

    void add(String pointer, String message) {
        problems.add(source.problem(pointer, message));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<DocumentProblem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingInt(DocumentProblem::line).thenComparing(DocumentProblem::pointer))
                .toList();
    }

    /** Reads a member that has to be a map if it is there. */
    Optional<Located> object(Located parent, String key) {
        return member(parent, key, "a map").filter(found -> fits(found, found.node() instanceof ObjectNode, "a map"));
    }

    /** Reads a member that has to be a list if it is there. */
    Optional<Located> array(Located parent, String key) {
        return member(parent, key, "a list").filter(found -> fits(found, found.node() instanceof ArrayNode, "a list"));
    }

    /** Reads a member that has to be text if it is there. */
    Optional<String> text(Located parent, String key) {
        return member(parent, key, "text")
                .filter(found -> fits(found, found.node().isString(), "text"))
                .map(found -> found.node().stringValue());
    }

    /** Reads a member that has to be text and has to be there. */
    Optional<String> requiredText(Located parent, String key) {
        if (!parent.node().has(key)) {
            add(parent.pointer(), "the key " + key + " is missing");
        }
        return text(parent, key);
    }

    /** Reads a member that has to be true or false if it is there. */
    boolean flag(Located parent, String key, boolean whenAbsent) {
        return member(parent, key, "true or false")
                .filter(found -> fits(found, found.node().isBoolean(), "true or false"))
                .map(found -> found.node().booleanValue())
                .orElse(whenAbsent);
    }

    private Optional<Located> member(Located parent, String key, String kind) {
        JsonNode value = parent.node().get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isNull()) {
            add(Pointer.child(parent.pointer(), key), "has to be " + kind + ", and is empty");
            return Optional.empty();
        }
        return Optional.of(new Located(value, Pointer.child(parent.pointer(), key)));
    }

    private boolean fits(Located found, boolean fits, String kind) {
        if (!fits) {
            add(found.pointer(), "has to be " + kind);
        }
        return fits;
    }
}
