package dev.brr.runtime.training;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.StartLine;
import dev.brr.runtime.config.ConfigOutcome;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.document.CheckedDocument;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.logging.LogLines;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Starts a small service on loopback, asks it what a new pod is asked first, and ends: run it with
 * {@code -XX:AOTMode=record} to record an AOT cache.
 *
 * <p>Exit code 0 when each request was answered as it has to be, else 1 with the reason on standard error. Takes no
 * arguments and nothing from the environment: whoever builds images has variables of the same names.
 */
public final class TrainingMain {
    /** Not YAML: a start that finds its document checked does without the parser, which the cache is not to hold. */
    private static final String DOCUMENT = "openapi.json";
    /** Opens the training's own service on loopback, for as long as that takes. */
    private static final String KEY = "training";

    private static final int ROUNDS = 10;
    private static final String BOOK = """
            {"title":"Emma","isbn":"978-0141439587","pages":474,"tags":["novel"],"kind":"paper",\
            "bought":"2024-05-06T07:08:09Z","owner":{"name":"Ada","mail":"ada@example.org"}}""";

    private TrainingMain() {}

    public static void main(String[] args) {
        LogLines.install();
        System.exit(run(System.out, System.err));
    }

    static int run(PrintStream out, PrintStream err) {
        try {
            var document = Files.createTempFile("training-", ".json");
            try {
                return serve(document, out, err);
            } finally {
                Files.deleteIfExists(document);
                Files.deleteIfExists(CheckedDocument.beside(document));
            }
        } catch (IOException e) {
            err.println("the training's document cannot be written: " + e);
            return 1;
        } catch (StartupException e) {
            e.reasons().forEach(err::println);
            return 1;
        }
    }

    private static int serve(Path document, PrintStream out, PrintStream err) throws IOException, StartupException {
        try (var json = Objects.requireNonNull(TrainingMain.class.getResourceAsStream(DOCUMENT))) {
            String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(document, text);
            CheckedDocument.keep(document, text);
        }
        var arguments =
                List.of("--host", "127.0.0.1", "--port", "0", "--management-port", "0", "--spec", document.toString());
        return switch (RuntimeConfig.read(arguments, Map.of("BRR_API_KEY", KEY))) {
            case ConfigOutcome.Usable usable -> ask(usable.config(), out, err);
            case ConfigOutcome.Refused refused -> {
                refused.messages().forEach(err::println);
                yield 1;
            }
            case ConfigOutcome.Help _ -> 1;
        };
    }

    private static int ask(RuntimeConfig config, PrintStream out, PrintStream err) throws StartupException {
        // What the class path brings, too: looking for providers is part of a start.
        HandlerDiscovery found = HandlerDiscovery.find();
        try (var server = BrrServer.start(config, new HandlerDiscovery(handlers(), found.conflicts()))) {
            out.println(StartLine.of(server, Jemalloc.probe()));
            for (int round = 0; round < ROUNDS; round++) {
                for (TrainingRequest request : requests()) {
                    String wrong = request.ask(
                            switch (request.port()) {
                                case SERVICE -> server.port();
                                case MANAGEMENT -> server.managementPort();
                            });
                    if (!wrong.isEmpty()) {
                        err.println(wrong);
                        return 1;
                    }
                }
            }
        }
        return 0;
    }

    private static Map<String, OperationHandler> handlers() {
        return Map.of(
                "listBooks", request -> Response.ok(List.of(book(1), book(2))),
                "addBook", request -> Response.of(201, book(3)).withHeader("Location", "/books/3"),
                "getBook",
                        request -> {
                            long id = request.path("id").asLong().orElse(0);
                            if (id != 1) {
                                throw new ProblemException(404, "Not Found", "there is no book " + id);
                            }
                            return Response.ok(book(id));
                        });
    }

    /** A record, as handlers answer with: how it is written is part of a first answer. */
    private record Book(long id, String title, int pages, List<String> tags, String kind) {}

    private static Book book(long id) {
        return new Book(id, "Emma", 474, List.of("novel"), "paper");
    }

    /** One round: what a probe, a scrape and the operator ask, then operations in order and out of it. */
    static List<TrainingRequest> requests() {
        String key = "X-API-Key: " + KEY;
        return List.of(
                TrainingRequest.probe("/health"),
                TrainingRequest.probe("/ready"),
                TrainingRequest.probe("/malloc"),
                TrainingRequest.probe("/metrics").with("Accept: text/plain;version=0.0.4"),
                TrainingRequest.get("/books/1", 200).with(key),
                TrainingRequest.get("/books?limit=2&tags=novel", 200).with(key),
                TrainingRequest.get("/shelves", 200).with(key).with("Accept-Encoding: gzip"),
                TrainingRequest.post("/books", BOOK, 201).with(key),
                TrainingRequest.post("/books", "{\"title\":\"\",\"pages\":-1}", 400)
                        .with(key),
                TrainingRequest.post("/books", "{", 400).with(key),
                TrainingRequest.get("/books/one", 400).with(key),
                TrainingRequest.get("/books/2", 404).with(key),
                TrainingRequest.get("/no/such/path", 404).with(key),
                TrainingRequest.get("/books/1", 401),
                TrainingRequest.get("/shelves/hall", 401).with("Authorization: Bearer none"));
    }
}
