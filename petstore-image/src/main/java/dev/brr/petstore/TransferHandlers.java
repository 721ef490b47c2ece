package dev.brr.petstore;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Part;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the operations that move files, forms and events, and those that show parameter styles. */
final class TransferHandlers {
    private static final String FILES = "https://cdn.example.com/";
    private static final int TICKS = 3;
    private static final long TICK_MILLIS = 20;

    private final PetStore store;

    TransferHandlers(PetStore store) {
        this.store = store;
    }

    Map<String, OperationHandler> handlers() {
        return Map.of(
                "streamEvents", _ -> ticks(),
                "downloadFile", this::download,
                "submitForm", _ -> Response.ok(Map.of("ok", true)),
                "uploadFile", this::upload,
                "registerWebhook", this::register,
                "getMatrix", this::matrix,
                "getLabel",
                        request -> Response.ok(
                                Map.of("color", request.path("color").text())));
    }

    private static Response ticks() {
        return Response.events(sink -> {
            for (int tick = 0; tick < TICKS; tick++) {
                if (tick > 0) {
                    Thread.sleep(TICK_MILLIS);
                }
                sink.send("tick " + tick);
            }
        });
    }

    private Response download(Request request) {
        String id = request.path("id").text();
        return Response.ok(Map.of("id", id, "url", FILES + id));
    }

    private Response upload(Request request) {
        String name = request.parts().stream()
                .filter(part -> part.name().equals("file"))
                .map(Part::fileName)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("file");
        String location = FILES + "files/" + fileName(name);
        return Response.of(201, Map.of("location", location)).withHeader("Location", location);
    }

    /** A client's name for a file may be a path, or no name at all. */
    private static String fileName(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.isEmpty() || plain.chars().allMatch(c -> c == '.') ? "file" : plain;
    }

    private Response register(Request request) {
        String url = String.valueOf(request.bodyMap().get("url"));
        String id = store.subscribe(url).orElseThrow(PetHandlers::full);
        return Response.ok(Map.of("subscription_id", id, "url", url));
    }

    private Response matrix(Request request) {
        return Response.ok(
                Map.of("coords", request.path("coords").as(List.class).orElseGet(List::of)));
    }
}
