package dev.brr.petstore;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import java.util.List;
import java.util.Map;

/** Answers the operations on users and what they write. */
final class UserHandlers {
    private final PetStore store;

    UserHandlers(PetStore store) {
        this.store = store;
    }

    Map<String, OperationHandler> handlers() {
        return Map.of(
                "listUsers", this::list,
                "getUser", request -> Response.ok(user(request).card()),
                "headUser", this::head,
                "deleteUser", this::delete,
                "listPosts", request -> Response.ok(user(request).posts()),
                "getPost", this::post);
    }

    private Response list(Request request) {
        List<User.Card> page = store.users().stream()
                .skip(request.query("offset").asInt().orElse(0))
                .limit(request.query("limit").asInt().orElse(20))
                .map(User::card)
                .toList();
        return Response.ok(Map.of("users", page));
    }

    private Response head(Request request) {
        user(request);
        return Response.empty(200);
    }

    private Response delete(Request request) {
        String id = request.path("user_id").text();
        if (!store.removeUser(id)) {
            throw PetHandlers.missing("user", id);
        }
        return Response.empty(204);
    }

    private Response post(Request request) {
        String id = request.path("post_id").text();
        return Response.ok(user(request).posts().stream()
                .filter(post -> post.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PetHandlers.missing("post", id)));
    }

    private User user(Request request) {
        String id = request.path("user_id").text();
        return store.user(id).orElseThrow(() -> PetHandlers.missing("user", id));
    }
}
