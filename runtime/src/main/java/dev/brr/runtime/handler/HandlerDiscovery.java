package dev.brr.runtime.handler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the handlers of every provider on the class path.
 *
 * @param handlers handlers by operationId
 * @param conflicts operationIds that two providers claim, and providers that cannot be used, in words
 */
public record HandlerDiscovery(Map<String, OperationHandler> handlers, List<String> conflicts) {
    private static final String SERVICES = "META-INF/services/" + OperationHandlerProvider.class.getName();

    /** Asks every {@link OperationHandlerProvider} that {@link ServiceLoader} finds. */
    public static HandlerDiscovery find() {
        return of(ServiceLoader.load(OperationHandlerProvider.class));
    }

    static HandlerDiscovery of(Iterable<OperationHandlerProvider> providers) {
        Map<String, OperationHandler> handlers = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (OperationHandlerProvider provider : usable(providers, conflicts)) {
            String owner = provider.getClass().getName();
            handlers(provider, conflicts).forEach((id, handler) -> {
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

    private static List<OperationHandlerProvider> usable(
            Iterable<OperationHandlerProvider> providers, List<String> conflicts) {
        List<OperationHandlerProvider> usable = new ArrayList<>();
        Iterator<OperationHandlerProvider> all = providers.iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return usable;
                }
                usable.add(all.next());
            } catch (ServiceConfigurationError e) {
                conflicts.add(reason(e));
            } catch (LinkageError e) {
                conflicts.add("the handlers cannot be loaded: " + e + "; is a library missing beside their jar?");
                return usable;
            }
        }
    }

    private static Map<String, OperationHandler> handlers(OperationHandlerProvider provider, List<String> conflicts) {
        String owner = provider.getClass().getName();
        try {
            Map<String, OperationHandler> handlers = answered(provider);
            if (handlers != null) {
                return handlers;
            }
            conflicts.add("handlers() of " + owner + " gives null; it has to give a map by operationId");
        } catch (RuntimeException | LinkageError e) {
            conflicts.add("handlers() of " + owner + " failed: " + place(e));
        }
        return Map.of();
    }

    /** Code that somebody else compiled gives null all the same. */
    @SuppressWarnings("NullAway")
    private static @Nullable Map<String, OperationHandler> answered(OperationHandlerProvider provider) {
        return provider.handlers();
    }

    /** What ServiceLoader says, and what there is to do: of a class that fails while it is made, why and where. */
    private static String reason(ServiceConfigurationError error) {
        String said = String.valueOf(error.getMessage())
                .replace(OperationHandlerProvider.class.getName() + ": ", "")
                .replaceFirst("^Provider ", "");
        Throwable cause = error.getCause();
        return cause == null || cause instanceof NoSuchMethodException
                ? "the handlers cannot be loaded: " + said + "; each line of " + SERVICES
                        + " has to name a class that implements OperationHandlerProvider, is public and has a public"
                        + " constructor without parameters"
                : "the handlers cannot be loaded: " + said + ": " + place(cause);
    }

    private static String place(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure + (stack.length == 0 ? "" : ", at " + stack[0]);
    }
}
