package dev.brr.runtime.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerDiscoveryTest {
    private static final OperationHandler ONE = _ -> Response.empty(200);
    private static final OperationHandler TWO = _ -> Response.empty(204);

    static final class Pets implements OperationHandlerProvider {
        @Override
        public Map<String, OperationHandler> handlers() {
            return Map.of("getPet", ONE);
        }
    }

    static final class Users implements OperationHandlerProvider {
        @Override
        public Map<String, OperationHandler> handlers() {
            return Map.of("getUser", TWO);
        }
    }

    @Test
    void theHandlersOfAllProvidersComeTogether() {
        // when
        HandlerDiscovery found = HandlerDiscovery.of(List.of(new Pets(), new Users()));

        // then
        assertThat(found.handlers()).containsOnly(Map.entry("getPet", ONE), Map.entry("getUser", TWO));
        assertThat(found.conflicts()).isEmpty();
    }

    @Test
    void anOperationClaimedTwiceIsAConflict() {
        // when
        HandlerDiscovery found = HandlerDiscovery.of(List.of(new Pets(), new Users(), new Pets()));

        // then
        assertThat(found.conflicts())
                .containsExactly("the operation getPet has two handlers, of " + Pets.class.getName() + " and "
                        + Pets.class.getName());
    }

    @Test
    void withoutProvidersThereAreNoHandlers() {
        // then
        assertThat(HandlerDiscovery.find().handlers()).isEmpty();
    }
}
