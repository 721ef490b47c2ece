package dev.brr.petstore;

import dev.brr.petstore.Pets.WhenFull;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.OperationHandlerProvider;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the pet store's handlers. The operations it leaves out answer from the document's examples. */
public final class PetStoreHandlers implements OperationHandlerProvider {
    private final PetStore store;

    /**
     * Opens a store for {@link java.util.ServiceLoader}. It refuses what it has no room for; with {@code
     * PET_STORE_WHEN_FULL=forget} in the environment the oldest added pet makes room, so that it can be posted to
     * without end.
     */
    public PetStoreHandlers() {
        this(new PetStore(whenFull(System.getenv("PET_STORE_WHEN_FULL"))));
    }

    PetStoreHandlers(PetStore store) {
        this.store = store;
    }

    static WhenFull whenFull(@Nullable String setting) {
        return "forget".equals(setting) ? WhenFull.FORGET : WhenFull.REFUSE;
    }

    @Override
    public Map<String, OperationHandler> handlers() {
        Map<String, OperationHandler> handlers = new HashMap<>(new PetHandlers(store).handlers());
        handlers.putAll(new UserHandlers(store).handlers());
        handlers.putAll(new TransferHandlers(store).handlers());
        return handlers;
    }
}
