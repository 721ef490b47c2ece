package dev.brr.runtime.document;

import java.util.List;

/** Documents for tests. */
public final class Documents {
    private static final String HEAD = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n";

    private Documents() {}

    /** A document of the given members beside version and info. */
    public static String text(String members) {
        return HEAD + members;
    }

    /** A document with a single operation, GET /a, of the given members. */
    public static String operation(String members) {
        return HEAD + "paths:\n  /a:\n    get:\n" + members.indent(6);
    }

    /** The checked document of the given members. */
    public static ServiceDocument valid(String members) {
        return checked(text(members));
    }

    /** A document that has to be valid. */
    public static ServiceDocument checked(String text) {
        return switch (ServiceDocument.check(text)) {
            case DocumentCheck.Valid valid -> valid.document();
            case DocumentCheck.Invalid invalid -> throw new AssertionError("not valid: " + invalid.problems());
        };
    }

    /** The problems of the document of the given members. */
    public static List<DocumentProblem> problems(String members) {
        return switch (ServiceDocument.check(text(members))) {
            case DocumentCheck.Valid _ -> List.of();
            case DocumentCheck.Invalid invalid -> invalid.problems();
        };
    }
}
