package dev.brr.runtime;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.OperationHandlerProvider;
import dev.brr.runtime.handler.Response;
import java.util.Map;

/** A handler that takes its time, for a service in a process of its own. */
public final class SlowHandlers implements OperationHandlerProvider {
    @Override
    public Map<String, OperationHandler> handlers() {
        return Map.of("slow", request -> {
            Thread.sleep(request.query("ms").asLong().orElse(0));
            return Response.ok("slow and done");
        });
    }
}
