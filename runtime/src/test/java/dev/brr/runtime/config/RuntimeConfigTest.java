package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuntimeConfigTest {
    private static final RuntimeConfig DEFAULTS = RuntimeConfig.defaults(Path.of("openapi.yaml"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeOfOnePartLeavesTheOthers(String part, UnaryOperator<RuntimeConfig> change) {
        // when
        RuntimeConfig changed = change.apply(DEFAULTS);

        // then
        assertThat(differences(changed)).containsExactly(part);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("document", config -> config.withDocument(_ -> DocumentSettings.of(Path.of("other.yaml")))),
                change(
                        "listen",
                        config -> config.withListen(
                                _ -> new ListenSettings("localhost", 1, Optional.empty(), Optional.empty()))),
                change("answers", config -> config.withAnswers(_ -> new AnswerSettings(7))),
                change(
                        "observability",
                        config -> config.withObservability(
                                _ -> new ObservabilitySettings(true, 1, false, Optional.empty()))),
                change("shutdown", config -> config.withShutdown(old -> old.withDelay(old.drainTimeout()))),
                change("debug", config -> config.withDebug(_ -> new DebugSettings(Optional.of(Path.of("token"))))));
    }

    @Test
    void nothingChangesWhereAPartIsLeftAsItIs() {
        // when
        RuntimeConfig same = DEFAULTS.withDocument(UnaryOperator.identity())
                .withListen(UnaryOperator.identity())
                .withConnections(UnaryOperator.identity())
                .withLimits(UnaryOperator.identity())
                .withSecurity(UnaryOperator.identity())
                .withAnswers(UnaryOperator.identity())
                .withObservability(UnaryOperator.identity())
                .withShutdown(UnaryOperator.identity())
                .withDebug(UnaryOperator.identity())
                .withMemory(UnaryOperator.identity());

        // then
        assertThat(same).isEqualTo(DEFAULTS);
    }

    @Test
    void everyPartHasATypeOfItsOwn() {
        // given: a part takes its place by its type
        RecordComponent[] parts = RuntimeConfig.class.getRecordComponents();

        // when
        List<Class<?>> types =
                Arrays.stream(parts).<Class<?>>map(RecordComponent::getType).toList();

        // then
        assertThat(types).doesNotHaveDuplicates().allMatch(Class::isRecord);
    }

    private static Arguments change(String part, UnaryOperator<RuntimeConfig> change) {
        return Arguments.of(part, change);
    }

    private static List<String> differences(RuntimeConfig changed) {
        return Arrays.stream(RuntimeConfig.class.getRecordComponents())
                .filter(part -> !value(part, changed).equals(value(part, DEFAULTS)))
                .map(RecordComponent::getName)
                .toList();
    }

    private static Object value(RecordComponent part, RuntimeConfig config) {
        try {
            return part.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
