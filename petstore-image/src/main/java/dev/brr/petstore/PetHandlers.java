package dev.brr.petstore;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the operations on pets and items, and the search over both. */
final class PetHandlers {
    private static final int MAX_RESULTS = 100;

    private final PetStore store;

    PetHandlers(PetStore store) {
        this.store = store;
    }

    Map<String, OperationHandler> handlers() {
        return Map.of(
                "listPets", this::list,
                "addPet", this::add,
                "getPet", this::get,
                "getItem", this::item,
                "saveItem", this::saveItem,
                "search", this::search);
    }

    private Response list(Request request) {
        List<String> tags = request.query("tags").texts();
        return Response.ok(store.pets().stream()
                .filter(pet -> pet.hasTags(tags))
                .skip(request.query("offset").asInt().orElse(0))
                .limit(request.query("limit").asInt().orElse(20))
                .toList());
    }

    private Response add(Request request) {
        Pet added = store.add(request.body(Pet.class)).orElseThrow(PetHandlers::full);
        return Response.ok(Map.of("id", added.id(), "status", "success")).withHeader("Location", "/pets/" + added.id());
    }

    private Response get(Request request) {
        long id = request.path("id").asLong().orElseThrow();
        return Response.ok(store.pet(id).orElseThrow(() -> missing("pet", Long.toString(id))));
    }

    private Response item(Request request) {
        String id = request.path("id").text();
        return Response.ok(store.item(id).orElseThrow(() -> missing("item", id)));
    }

    private Response saveItem(Request request) {
        String name = String.valueOf(request.bodyMap().get("name"));
        return Response.ok(
                store.save(new PetStore.Item(request.path("id").text(), name)).orElseThrow(PetHandlers::full));
    }

    /** What a search finds. */
    record Found(String id, String kind, String name) {}

    /** What a pet has to be to be found; null where it does not matter. */
    record Filter(@Nullable Integer max_age, @Nullable Boolean vaccinated) {

        boolean fits(Pet pet) {
            return (max_age == null || (pet.age() != null && pet.age() <= max_age))
                    && (vaccinated == null || vaccinated.equals(pet.vaccinated()));
        }
    }

    private Response search(Request request) {
        String text = request.query("q").asText().orElse("").toLowerCase(Locale.ROOT);
        List<String> kinds = request.query("kinds").texts();
        Filter filter = request.query("filter").as(Filter.class).orElseGet(() -> new Filter(null, null));
        List<Found> results = new ArrayList<>();
        if (kinds.contains("pet")) {
            store.pets().stream()
                    .filter(filter::fits)
                    .map(pet -> new Found(Long.toString(pet.id()), "pet", pet.name()))
                    .forEach(results::add);
        }
        if (kinds.contains("item")) {
            store.items().stream()
                    .map(item -> new Found(item.id(), "item", item.name()))
                    .forEach(results::add);
        }
        return Response.ok(Map.of(
                "results",
                results.stream()
                        .filter(found -> found.name().toLowerCase(Locale.ROOT).contains(text))
                        .limit(MAX_RESULTS)
                        .toList()));
    }

    static ProblemException missing(String kind, String id) {
        return new ProblemException(404, "Not Found", "There is no " + kind + " " + id);
    }

    static ProblemException full() {
        return new ProblemException(507, "Insufficient Storage", "The store is full; nothing was kept");
    }
}
