package dev.brr.runtime.document;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Checks one document and prints its problems as a JSON array of {@code {line, pointer, message}} on standard output.
 *
 * <p>Reads {@code --spec FILE}, or standard input without it. Exit code 0: the document can be served; 1: it cannot; 2:
 * it could not be read, or the arguments are wrong.
 */
public final class CheckMain {

    private CheckMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String text;
        try {
            if (args.length == 0) {
                text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            } else if (args.length == 2 && args[0].equals("--spec")) {
                text = Files.readString(Path.of(args[1]));
            } else {
                err.println("usage: CheckMain [--spec FILE]   (without it the document comes on standard input)");
                return 2;
            }
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
        return problems.isEmpty() ? 0 : 1;
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
