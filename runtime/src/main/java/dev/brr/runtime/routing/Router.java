package dev.brr.runtime.routing;

import dev.brr.runtime.document.PathTemplate;
import dev.brr.runtime.document.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Routes by a tree of path segments: fixed text before mixed segments before parameters, with backtracking, so that the
 * cost depends on the length of the path and not on the number of routes.
 *
 * <p>Empty segments do not count: {@code /pets/} and {@code //pets} are {@code /pets}; nor do dot segments, {@code
 * /pets/./7} and {@code /users/../pets/7} are {@code /pets/7}. An encoded slash stays inside its segment. Fill it with {@link #add} before the first {@link #route}; after that it is safe for many threads.
 *
 * @param <T> what routes lead to
 */
public final class Router<T> {
    private final Node<T> root = new Node<>();

    /** Adds a route under a base path; the empty string is the root. */
    public void add(String basePath, PathTemplate template, String method, T target) {
        Node<T> node = root;
        for (Segment segment : PathTemplate.parse(basePath + template.text()).segments()) {
            node = node.child(segment);
        }
        node.targets.put(method, target);
    }

    /** Finds the route of a request by its raw path, without query. */
    public Match<T> route(String method, String rawPath) {
        List<String> raw = segments(rawPath);
        List<String> decoded;
        try {
            decoded = decode(raw);
        } catch (IllegalArgumentException _) {
            return new Match.Malformed<>();
        }
        List<String> values = new ArrayList<>(4);
        Node<T> leaf = find(root, raw, decoded, 0, values);
        if (leaf == null) {
            return new Match.Unknown<>();
        }
        T target = leaf.target(method);
        return target == null
                ? new Match.OtherMethods<>(leaf.allow(), leaf.byMethod())
                : new Match.Found<>(target, values);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(8);
        int from = 0;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (to > from) {
                add(segments, path.substring(from, to));
            }
            from = to + 1;
        }
        return segments;
    }

    /** One dot stays where it is and two lead back (RFC 3986, section 5.2.4), encoded or not: they name no segment. */
    private static void add(List<String> segments, String segment) {
        char first = segment.charAt(0);
        if (first == '.' || first == '%') {
            String dots =
                    segment.length() > 6 ? segment : segment.replace("%2e", ".").replace("%2E", ".");
            if (dots.equals(".")) {
                return;
            }
            if (dots.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
                return;
            }
        }
        segments.add(segment);
    }

    private static List<String> decode(List<String> raw) {
        for (String segment : raw) {
            if (segment.indexOf('%') >= 0) {
                return raw.stream().map(Percent::decode).toList();
            }
        }
        return raw;
    }

    private @Nullable Node<T> find(Node<T> node, List<String> raw, List<String> decoded, int at, List<String> values) {
        if (at == raw.size()) {
            return node.targets.isEmpty() ? null : node;
        }
        Node<T> literal = node.literals.get(decoded.get(at));
        if (literal != null) {
            Node<T> found = find(literal, raw, decoded, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        int before = values.size();
        for (Mixed<T> mixed : node.mixed) {
            if (mixed.pattern.match(raw.get(at), values)) {
                Node<T> found = find(mixed.node, raw, decoded, at + 1, values);
                if (found != null) {
                    return found;
                }
            }
            forget(values, before);
        }
        if (node.variable != null) {
            values.add(raw.get(at));
            Node<T> found = find(node.variable, raw, decoded, at + 1, values);
            if (found != null) {
                return found;
            }
            forget(values, before);
        }
        return null;
    }

    private static void forget(List<String> values, int size) {
        while (values.size() > size) {
            values.removeLast();
        }
    }

    private static final class Node<T> {
        private final Map<String, Node<T>> literals = new HashMap<>();
        private final List<Mixed<T>> mixed = new ArrayList<>(0);
        private final Map<String, T> targets = new HashMap<>();
        private @Nullable Node<T> variable;

        Node<T> child(Segment segment) {
            return switch (segment) {
                case Segment.Literal literal -> literals.computeIfAbsent(literal.text(), _ -> new Node<>());
                case Segment.Variable _ -> variable();
                case Segment.Mixed template -> mixed(new MixedPattern(template.literals()));
            };
        }

        private Node<T> variable() {
            if (variable == null) {
                variable = new Node<>();
            }
            return variable;
        }

        private Node<T> mixed(MixedPattern pattern) {
            for (Mixed<T> known : mixed) {
                if (known.pattern.equals(pattern)) {
                    return known.node;
                }
            }
            Mixed<T> added = new Mixed<>(pattern, new Node<>());
            mixed.add(added);
            mixed.sort(Comparator.comparing(Mixed::pattern, MixedPattern.MORE_SPECIFIC));
            return added.node;
        }

        @Nullable
        T target(String method) {
            T target = targets.get(method);
            return target == null && method.equals("HEAD") ? targets.get("GET") : target;
        }

        List<T> byMethod() {
            return List.copyOf(new TreeMap<>(targets).values());
        }

        String allow() {
            TreeSet<String> methods = new TreeSet<>(targets.keySet());
            methods.add("OPTIONS");
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return String.join(", ", methods);
        }
    }

    private record Mixed<T>(MixedPattern pattern, Node<T> node) {}
}
