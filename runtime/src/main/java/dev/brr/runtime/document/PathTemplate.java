package dev.brr.runtime.document;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a path template taken apart at its slashes; empty segments do not count, so {@code /pets/} is {@code /pets}.
 *
 * @param text the template as the document writes it
 * @param segments its segments in order
 */
public record PathTemplate(String text, List<Segment> segments) {
    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /** One segment of a template. */
    public sealed interface Segment {
        /** The same text in every request, percent-decoded. */
        record Literal(String text) implements Segment {}

        /** A parameter that takes the whole segment. */
        record Variable(String name) implements Segment {}

        /**
         * Text and parameters in turn, as in {@code {name}.{extension}}: literals surround the names, so there is one
         * literal more than there are names, and the outer ones may be empty.
         */
        record Mixed(List<String> literals, List<String> names) implements Segment {
            public Mixed {
                literals = List.copyOf(literals);
                names = List.copyOf(names);
            }
        }
    }

    /**
     * Takes a template apart.
     *
     * @throws IllegalArgumentException with a message for the document's author when it is not well formed
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path has to begin with a slash");
        }
        List<Segment> segments = new ArrayList<>();
        for (String segment : text.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment(segment));
            }
        }
        return new PathTemplate(text, segments);
    }

    /** Lists the names of the parameters in the order they stand in. */
    public List<String> names() {
        return segments.stream()
                .flatMap(segment -> switch (segment) {
                    case Segment.Literal _ -> List.<String>of().stream();
                    case Segment.Variable variable -> List.of(variable.name()).stream();
                    case Segment.Mixed mixed -> mixed.names().stream();
                })
                .toList();
    }

    /** Gives a text that is the same for two templates exactly when the same requests match them. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/');
            switch (segment) {
                case Segment.Literal literal -> shape.append(literal.text());
                case Segment.Variable _ -> shape.append("{}");
                case Segment.Mixed mixed -> shape.append(String.join("{}", mixed.literals()));
            }
        }
        return shape.toString();
    }

    private static Segment segment(String text) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("the brace in " + text + " is never closed");
            }
            String name = text.substring(open + 1, close);
            if (name.isEmpty() || name.indexOf('{') >= 0) {
                throw new IllegalArgumentException("the braces in " + text + " hold no parameter name");
            }
            String literal = text.substring(at, open);
            if (!names.isEmpty() && literal.isEmpty()) {
                throw new IllegalArgumentException("the parameters in " + text + " need text between them");
            }
            literals.add(literal);
            names.add(name);
            at = close + 1;
        }
        literals.add(text.substring(at));
        literals.replaceAll(PathTemplate::decoded);
        if (literals.stream().anyMatch(literal -> literal.indexOf('}') >= 0)) {
            throw new IllegalArgumentException("the brace in " + text + " is never opened");
        }
        if (names.isEmpty()) {
            return new Segment.Literal(literals.getFirst());
        }
        boolean whole = names.size() == 1 && literals.stream().allMatch(String::isEmpty);
        return whole ? new Segment.Variable(names.getFirst()) : new Segment.Mixed(literals, names);
    }

    /** An author may write a text of the path as it is or as it is sent. */
    private static String decoded(String literal) {
        try {
            return literal.indexOf('%') < 0
                    ? literal
                    : URLDecoder.decode(literal.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return literal;
        }
    }
}
