package dev.brr.runtime.handler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Gathers the handlers of every provider on the class path.
 *
 * @param handlers handlers by operationId
 * @param conflicts operationIds that two providers claim, in words
 */
public record HandlerDiscovery(Map<String, OperationHandler> handlers, List<String> conflicts) {

    /** Asks every {@link OperationHandlerProvider} that {@link ServiceLoader} finds. */
    public static HandlerDiscovery find() {
        return of(ServiceLoader.load(OperationHandlerProvider.class));
    }

    static HandlerDiscovery of(Iterable<OperationHandlerProvider> providers) {
        Map<String, OperationHandler> handlers = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (OperationHandlerProvider provider : providers) {
            String owner = provider.getClass().getName();
            provider.handlers().forEach((id, handler) -> {
                String other = owners.putIfAbsent(id, owner);
                if (other == null) {
                    handlers.put(id, handler);
                } else {
                    conflicts.add("the operation " + id + " has two handlers, of " + other + " and " + owner);
                }
            });
        }
        return new HandlerDiscovery(Map.copyOf(handlers), List.copyOf(conflicts));
    }
}
