package dev.brr.runtime.document;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Checks one document and prints its problems as a JSON array of {@code {line, pointer, message}} on standard output.
 *
 * <p>Reads {@code --spec FILE}, or standard input without it. With {@code --checked FILE} a document that can be served
 * leaves a {@link CheckedDocument}. Exit code 0: the document can be served; 1: it cannot; 2: it could not be read, the
 * file not written, or the arguments are wrong.
 */
public final class CheckMain {

    private CheckMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        Map<String, Path> files = new HashMap<>();
        for (int at = 0; at + 1 < args.length; at += 2) {
            files.put(args[at], Path.of(args[at + 1]));
        }
        if (files.size() * 2 != args.length || !Set.of("--spec", "--checked").containsAll(files.keySet())) {
            err.println("usage: CheckMain [--spec FILE] [--checked FILE]   (without --spec the document comes on"
                    + " standard input)");
            return 2;
        }
        String text;
        try {
            Path spec = files.get("--spec");
            text = spec == null ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : Files.readString(spec);
        } catch (IOException e) {
            err.println("the document cannot be read: " + e);
            return 2;
        }
        List<DocumentProblem> problems = switch (ServiceDocument.check(text)) {
            case DocumentCheck.Valid _ -> List.of();
            case DocumentCheck.Invalid invalid -> invalid.problems();
        };
        out.println(json(problems));
        out.flush();
        if (!problems.isEmpty()) {
            return 1;
        }
        Path checked = files.get("--checked");
        try {
            if (checked != null) {
                CheckedDocument.write(checked, text);
            }
            return 0;
        } catch (IOException e) {
            err.println("what was checked cannot be written into " + checked + ": " + e.getMessage());
            return 2;
        }
    }

    private static String json(List<DocumentProblem> problems) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (DocumentProblem problem : problems) {
            array.addObject()
                    .put("line", problem.line())
                    .put("pointer", problem.pointer())
                    .put("message", problem.message());
        }
        return JsonMapper.shared().writeValueAsString(array);
    }
}
