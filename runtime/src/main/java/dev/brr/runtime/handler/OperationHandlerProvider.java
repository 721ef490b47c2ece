package dev.brr.runtime.handler;

import java.util.Map;

/**
 * Gives the handlers of a service; found by {@link java.util.ServiceLoader}.
 *
 * <p>Name the implementation in {@code META-INF/services/dev.brr.runtime.handler.OperationHandlerProvider}.
 */
public interface OperationHandlerProvider {

    /** Gives handlers by the operationId of the operations they answer. Called once. */
    Map<String, OperationHandler> handlers();
}
