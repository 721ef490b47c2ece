package dev.brr.runtime.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Cannot be made: it needs to know something. */
    public static final class Needy implements OperationHandlerProvider {
        public Needy(String what) {}

        @Override
        public Map<String, OperationHandler> handlers() {
            return Map.of();
        }
    }

    /** Fails while it is made. */
    public static final class Broken implements OperationHandlerProvider {
        public Broken() {
            throw new IllegalStateException("no database");
        }

        @Override
        public Map<String, OperationHandler> handlers() {
            return Map.of();
        }
    }

    /** Is made, and fails when it is asked. */
    public static final class Late implements OperationHandlerProvider {
        @Override
        public Map<String, OperationHandler> handlers() {
            throw new IllegalStateException("too late");
        }
    }

    /** Answers with what Java lets through. */
    public static final class Nothing implements OperationHandlerProvider {
        @Override
        @SuppressWarnings("NullAway")
        public Map<String, OperationHandler> handlers() {
            return null;
        }
    }

    /** Is as it should be. */
    public static final class Fine implements OperationHandlerProvider {
        @Override
        public Map<String, OperationHandler> handlers() {
            return Map.of("getPet", ONE);
        }
    }

    private static HandlerDiscovery named(Path folder, String... names) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(OperationHandlerProvider.class.getName()), List.of(names));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, HandlerDiscoveryTest.class.getClassLoader())) {
            return HandlerDiscovery.of(ServiceLoader.load(OperationHandlerProvider.class, loader));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.example.Handlers | the handlers cannot be loaded: com.example.Handlers not found; each line of META-INF/services/",
                "HandlerDiscoveryTest | HandlerDiscoveryTest not a subtype; each line of META-INF/services/",
                "HandlerDiscoveryTest$Needy | Needy Unable to get public no-arg constructor; each line of META-INF/services/",
                "HandlerDiscoveryTest$Broken | java.lang.IllegalStateException: no database, at dev.brr.runtime.handler.HandlerDiscoveryTest$Broken.<init>(",
                "HandlerDiscoveryTest$Late | failed: java.lang.IllegalStateException: too late, at dev.brr.runtime.handler.HandlerDiscoveryTest$Late.handlers(",
                "HandlerDiscoveryTest$Nothing | gives null; it has to give a map by operationId",
            })
    void aProviderThatCannotBeUsedIsAConflictAndNoOtherIsLost(String name, String conflict, @TempDir Path folder)
            throws IOException {
        // given
        String full = name.contains(".") ? name : HandlerDiscoveryTest.class.getPackageName() + "." + name;

        // when
        HandlerDiscovery found = named(folder, full, Fine.class.getName());

        // then
        assertThat(found.conflicts()).singleElement().asString().contains(conflict);
        assertThat(found.handlers()).containsOnlyKeys("getPet");
    }
}
