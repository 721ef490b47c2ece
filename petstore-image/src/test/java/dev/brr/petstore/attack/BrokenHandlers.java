package dev.brr.petstore.attack;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.OperationHandlerProvider;
import dev.brr.runtime.handler.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Handlers that do everything that a handler must not do. */
public final class BrokenHandlers implements OperationHandlerProvider {
    static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: broken, version: 1.0.0}
            paths:
              /well: {get: {operationId: well, responses: {'200': {description: d}}}}
              /hang: {get: {operationId: hang, responses: {'200': {description: d}}}}
              /spin: {get: {operationId: spin, responses: {'200': {description: d}}}}
              /throw: {get: {operationId: throwIt, responses: {'200': {description: d}}}}
              /assert: {get: {operationId: assertIt, responses: {'200': {description: d}}}}
              /missing: {get: {operationId: missing, responses: {'200': {description: d}}}}
              /overflow: {get: {operationId: overflow, responses: {'200': {description: d}}}}
              /arrays: {get: {operationId: arrays, responses: {'200': {description: d}}}}
              /objects: {get: {operationId: objects, responses: {'200': {description: d}}}}
              /keep: {get: {operationId: keep, responses: {'200': {description: d}}}}
              /body:
                post:
                  operationId: body
                  requestBody: {required: true, content: {application/octet-stream: {schema: {type: string}}}}
                  responses: {'200': {description: d}}
              /json:
                post:
                  operationId: json
                  requestBody: {required: true, content: {application/json: {schema: {type: array}}}}
                  responses: {'200': {description: d}}
            """;

    private static final List<byte[]> KEPT = new ArrayList<>();

    @Override
    public Map<String, OperationHandler> handlers() {
        return Map.ofEntries(
                Map.entry("well", _ -> Response.empty(200)),
                Map.entry("hang", _ -> {
                    new CountDownLatch(1).await();
                    return Response.empty(200);
                }),
                Map.entry("spin", _ -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return Response.empty(200);
                }),
                Map.entry("throwIt", _ -> {
                    throw new IllegalStateException("the secret is hush");
                }),
                Map.entry("assertIt", _ -> {
                    throw new AssertionError("the secret is hush");
                }),
                Map.entry("missing", _ -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                }),
                Map.entry("overflow", _ -> Response.ok(deeper(0))),
                Map.entry("arrays", _ -> Response.ok(arrays(new ArrayList<>()))),
                Map.entry("objects", _ -> Response.ok(objects())),
                Map.entry("keep", _ -> Response.ok(arrays(KEPT))),
                Map.entry("body", _ -> Response.empty(200)));
    }

    private static long deeper(long depth) {
        return depth < 0 ? depth : 1 + deeper(depth + 1);
    }

    private static int arrays(List<byte[]> arrays) {
        while (arrays.size() < Integer.MAX_VALUE) {
            arrays.add(new byte[1 << 20]);
        }
        return arrays.size();
    }

    private static int objects() {
        Map<Long, String> objects = new HashMap<>();
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            objects.put(i, "object " + i);
        }
        return objects.size();
    }
}
