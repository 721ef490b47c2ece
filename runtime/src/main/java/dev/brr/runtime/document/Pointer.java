package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.List;

/** Builds and takes apart JSON pointers (RFC 6901) in their text form. */
public final class Pointer {

    private Pointer() {}

    /** Appends one reference token, escaped. */
    public static String child(String parent, String token) {
        return parent + "/" + escape(token);
    }

    /** Appends several reference tokens, escaped. */
    public static String of(String... tokens) {
        String pointer = "";
        for (String token : tokens) {
            pointer = child(pointer, token);
        }
        return pointer;
    }

    /** Splits into unescaped reference tokens; the pointer of the whole document has none. */
    public static List<String> tokens(String pointer) {
        List<String> tokens = new ArrayList<>();
        int from = 1;
        while (from <= pointer.length()) {
            int slash = pointer.indexOf('/', from);
            int to = slash < 0 ? pointer.length() : slash;
            tokens.add(pointer.substring(from, to).replace("~1", "/").replace("~0", "~"));
            from = to + 1;
        }
        return tokens;
    }

    /** Gives the pointer of the value that holds this one; the document is its own parent. */
    public static String parent(String pointer) {
        int slash = pointer.lastIndexOf('/');
        return slash <= 0 ? "" : pointer.substring(0, slash);
    }

    private static String escape(String token) {
        return token.indexOf('~') < 0 && token.indexOf('/') < 0
                ? token
                : token.replace("~", "~0").replace("/", "~1");
    }
}
