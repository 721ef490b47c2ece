package dev.brr.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.APIKeyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contract router of Vert.x over the part of the pet store's document that it can load: an API key, parameters and
 * bodies validated, answers validated. Arguments: port, key, document.
 */
final class VertxContract {
    private static final String JSON = "application/json";

    private final AtomicLong lastPet = new AtomicLong(67890);
    private final ResponseValidator validator;

    private VertxContract(ResponseValidator validator) {
        this.validator = validator;
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        OpenAPIContract.from(vertx, arguments[2])
                .compose(contract -> {
                    VertxContract store = new VertxContract(ResponseValidator.create(vertx, contract));
                    return vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                            .requestHandler(store.router(vertx, contract, arguments[1]))
                            .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
                })
                .onSuccess(server -> System.out.println("Listening on port " + server.actualPort()
                        + (vertx.isNativeTransportEnabled() ? ", native transport" : "")))
                .onFailure(failure -> {
                    System.err.println(failure);
                    vertx.close();
                });
    }

    private Router router(Vertx vertx, OpenAPIContract contract, String key) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract);
        builder.security("ApiKeyHeader")
                .apiKeyHandler(APIKeyHandler.create(credentials -> authenticate(
                                key, credentials.toJson().getString("token")))
                        .header("X-API-Key"));
        builder.getRoute("getPet").addHandler(context -> answer(context, "getPet", pet()));
        builder.getRoute("addPet").addHandler(context -> answer(context, "addPet", added()));
        return builder.createRouter();
    }

    private static Future<User> authenticate(String key, String given) {
        return key.equals(given) ? Future.succeededFuture(User.fromToken(given)) : Future.failedFuture(new HttpException(401));
    }

    private static JsonObject pet() {
        return new JsonObject()
                .put("id", 12345)
                .put("name", "Max")
                .put("breed", "Golden Retriever")
                .put("age", 3)
                .put("vaccinated", true)
                .put("tags", new JsonArray().add("friendly").add("trained"));
    }

    private JsonObject added() {
        return new JsonObject().put("id", lastPet.incrementAndGet()).put("status", "success");
    }

    private void answer(RoutingContext context, String operation, JsonObject body) {
        validator
                .validate(ValidatableResponse.create(200, body.toBuffer(), JSON), operation)
                .compose(response -> response.send(context.response()))
                .onFailure(context::fail);
    }
}
