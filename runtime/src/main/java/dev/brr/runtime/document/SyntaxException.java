package dev.brr.runtime.document;

import java.util.List;

/** Carries the problems that keep a text from being read as YAML or JSON at all. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<DocumentProblem> problems;

    SyntaxException(List<DocumentProblem> problems) {
        super(problems.getFirst().message());
        this.problems = List.copyOf(problems);
    }

    SyntaxException(int line, String pointer, String message) {
        this(List.of(new DocumentProblem(line, pointer, message)));
    }

    List<DocumentProblem> problems() {
        return problems;
    }
}
