package dev.brr.operator.openapi;

import java.util.List;

/**
 * Says what a check of a document found.
 *
 * @param problems every problem; none where the document can be served
 * @param checked what the runtime writes of a document without problems, for a start to read in place of checking it
 *     again; empty where it wrote nothing
 */
public record DocumentVerdict(List<DocumentProblem> problems, String checked) {

    /** Copies the list. */
    public DocumentVerdict {
        problems = List.copyOf(problems);
    }

    /** Refuses a document. */
    static DocumentVerdict refused(List<DocumentProblem> problems) {
        return new DocumentVerdict(problems, "");
    }
}
