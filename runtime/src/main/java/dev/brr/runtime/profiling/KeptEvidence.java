package dev.brr.runtime.profiling;

import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.blackbox.Evidence;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code /debug/heap/kept}: lists what the black box keeps, and gives its files. */
final class KeptEvidence {
    static final String PATH = "/debug/heap/kept";
    private static final String JSON = "application/json";

    private final BlackBox.Started started;

    KeptEvidence(BlackBox.Started started) {
        this.started = started;
    }

    static boolean isAt(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    Reply answer(String path) {
        return switch (started) {
            case BlackBox.Started.Off(String reason) -> Reply.of(Problem.custom(503, "Nothing is kept", reason));
            case BlackBox.Started.Keeping(BlackBox box) -> {
                try {
                    yield path.equals(PATH) ? list(box) : file(box, path.substring(PATH.length() + 1));
                } catch (IOException e) {
                    yield Reply.of(Problem.custom(503, "What is kept cannot be read", e.toString()));
                }
            }
        };
    }

    /** What the state of profiling says of it. */
    Map<String, Object> status() {
        return switch (started) {
            case BlackBox.Started.Off(String reason) -> Map.of("active", false, "reason", reason);
            case BlackBox.Started.Keeping(BlackBox box) -> {
                Map<String, Object> status = new LinkedHashMap<>();
                status.put("active", true);
                status.put("sampling", box.isSampling());
                try {
                    List<Evidence> kept = box.kept();
                    status.put("kept", kept.size());
                    status.put(
                            "keptBeforeRestart",
                            kept.stream().filter(Evidence::beforeRestart).count());
                } catch (IOException e) {
                    status.put("reason", "what is kept cannot be read: " + e);
                }
                status.put("formerRunKilled", box.formerRunWasKilled());
                yield status;
            }
        };
    }

    private static Reply list(BlackBox box) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("formerRunKilled", box.formerRunWasKilled());
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Evidence evidence : box.kept()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", evidence.name());
            entry.put("beforeRestart", evidence.beforeRestart());
            entry.put("files", evidence.files());
            Optional<byte[]> about = box.read(evidence.name(), Evidence.ABOUT);
            about.ifPresent(json -> entry.put("about", Json.MAPPER.readTree(json)));
            entries.add(entry);
        }
        answer.put("kept", entries);
        return Reply.of(200, JSON, Json.MAPPER.writeValueAsBytes(answer));
    }

    private static Reply file(BlackBox box, String path) throws IOException {
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        String file = slash < 0 ? Evidence.ABOUT : path.substring(slash + 1);
        return box.read(name, file)
                .map(content -> Reply.of(200, type(file), content))
                .orElseGet(() -> Reply.of(Problem.custom(
                        404, "Not Found", "There is no such file; GET " + PATH + " lists what there is")));
    }

    private static String type(String file) {
        return switch (file) {
            case Evidence.ABOUT, Evidence.STATISTICS -> JSON;
            case Evidence.COLLAPSED -> "text/plain; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
