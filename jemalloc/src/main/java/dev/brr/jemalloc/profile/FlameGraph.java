package dev.brr.jemalloc.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Draws a profile as one page of HTML that needs nothing else: outermost frames on top, width is bytes; a click zooms in, a
 * search marks. Differences show what grew in red and what was freed in blue.
 */
public final class FlameGraph {

    private static final String TITLE = "@title@";
    private static final String DATA = "@data@";
    private static final String DIFFERENCE = "@difference@";

    private FlameGraph() {}

    /** Draws a profile under a title. */
    public static String page(HeapProfile profile, String title) {
        return page(profile, title, false);
    }

    /** Draws what {@link HeapProfile#since} has found, in the colours of a difference also where everything grew. */
    public static String differencePage(HeapProfile difference, String title) {
        return page(difference, title, true);
    }

    private static String page(HeapProfile profile, String title, boolean isDifference) {
        StringBuilder data = new StringBuilder();
        tree(profile).write(data);
        return template()
                .replace(DIFFERENCE, Boolean.toString(isDifference))
                .replace(TITLE, html(title))
                .replace(DATA, data);
    }

    private static Node tree(HeapProfile profile) {
        Node root = new Node("all", "");
        for (HeapProfile.Stack stack : profile.stacks()) {
            Node at = root;
            at.bytes += stack.bytes();
            if (!stack.operation().isEmpty()) {
                at = at.child(stack.operation(), "operation");
                at.bytes += stack.bytes();
            }
            for (StackFrame frame : stack.frames().reversed()) {
                at = at.child(frame.name(), frame.kind() == StackFrame.Kind.JAVA ? "java" : "native");
                at.bytes += stack.bytes();
            }
        }
        return root;
    }

    private static final class Node {
        private final String name;
        private final String kind;
        private final Map<String, Node> children = new LinkedHashMap<>();
        private long bytes;

        Node(String name, String kind) {
            this.name = name;
            this.kind = kind;
        }

        Node child(String childName, String childKind) {
            return children.computeIfAbsent(childKind + childName, _ -> new Node(childName, childKind));
        }

        /** As {@code ["name","kind",bytes,[children]]}. */
        void write(StringBuilder json) {
            json.append('[');
            string(json, name);
            json.append(",\"").append(kind).append("\",").append(bytes).append(",[");
            boolean first = true;
            for (Node child : children.values()) {
                if (!first) {
                    json.append(',');
                }
                first = false;
                child.write(json);
            }
            json.append("]]");
        }
    }

    /** Writes a string that is safe inside of a script element, too. */
    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == '\u2028' || c == '\u2029') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String template() {
        try (InputStream page =
                Objects.requireNonNull(FlameGraph.class.getResourceAsStream("flamegraph.html"), "in this jar")) {
            return new String(page.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
