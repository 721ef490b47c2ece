package dev.brr.petstore;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.OperationHandlerProvider;
import java.util.HashMap;
import java.util.Map;

/** Gives the pet store's handlers. The operations it leaves out answer from the document's examples. */
public final class PetStoreHandlers implements OperationHandlerProvider {
    private final PetStore store;

    /** Opens a store for {@link java.util.ServiceLoader}. */
    public PetStoreHandlers() {
        this(new PetStore());
    }

    PetStoreHandlers(PetStore store) {
        this.store = store;
    }

    @Override
    public Map<String, OperationHandler> handlers() {
        Map<String, OperationHandler> handlers = new HashMap<>(new PetHandlers(store).handlers());
        handlers.putAll(new UserHandlers(store).handlers());
        handlers.putAll(new TransferHandlers(store).handlers());
        return handlers;
    }
}
