package dev.brr.runtime.document;

import java.util.List;

/** What a check of a document found: a document that can be served, or everything that stands against it. */
public sealed interface DocumentCheck {

    /** The document can be served. */
    record Valid(ServiceDocument document) implements DocumentCheck {}

    /** The document cannot be served; the problems are all there are, in the order of their lines. */
    record Invalid(List<DocumentProblem> problems) implements DocumentCheck {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
