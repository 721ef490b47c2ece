package dev.brr.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How the service is to run.
 *
 * @param document what is served
 * @param listen where
 * @param connections what a connection may do
 * @param limits how much is taken
 * @param security what opens it
 * @param answers how answers are sent
 * @param observability what it tells of its requests
 * @param shutdown how it ends
 * @param debug who may look inside
 * @param memory what is done before memory runs out
 */
public record RuntimeConfig(
        DocumentSettings document,
        ListenSettings listen,
        ConnectionSettings connections,
        LimitSettings limits,
        SecuritySettings security,
        AnswerSettings answers,
        ObservabilitySettings observability,
        ShutdownSettings shutdown,
        DebugSettings debug,
        MemorySettings memory) {

    /** The settings for a document when nothing else is said. */
    public static RuntimeConfig defaults(Path spec) {
        return new RuntimeConfig(
                DocumentSettings.of(spec),
                ListenSettings.DEFAULTS,
                ConnectionSettings.DEFAULTS,
                LimitSettings.DEFAULTS,
                SecuritySettings.DEFAULTS,
                AnswerSettings.DEFAULTS,
                ObservabilitySettings.DEFAULTS,
                ShutdownSettings.DEFAULTS,
                DebugSettings.DEFAULTS,
                MemorySettings.DEFAULTS);
    }

    /** Reads flags before environment before the file that one of them names. */
    public static ConfigOutcome read(List<String> arguments, Map<String, String> environment) {
        return new ConfigReader(environment).read(arguments);
    }

    /** The same with other settings of the document. */
    public RuntimeConfig withDocument(UnaryOperator<DocumentSettings> change) {
        return new RuntimeConfig(
                change.apply(document),
                listen,
                connections,
                limits,
                security,
                answers,
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with another address or port. */
    public RuntimeConfig withListen(UnaryOperator<ListenSettings> change) {
        return new RuntimeConfig(
                document,
                change.apply(listen),
                connections,
                limits,
                security,
                answers,
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with other rules for connections. */
    public RuntimeConfig withConnections(UnaryOperator<ConnectionSettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                change.apply(connections),
                limits,
                security,
                answers,
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with other limits. */
    public RuntimeConfig withLimits(UnaryOperator<LimitSettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                change.apply(limits),
                security,
                answers,
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with other credentials. */
    public RuntimeConfig withSecurity(UnaryOperator<SecuritySettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                change.apply(security),
                answers,
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with answers sent otherwise. */
    public RuntimeConfig withAnswers(UnaryOperator<AnswerSettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                security,
                change.apply(answers),
                observability,
                shutdown,
                debug,
                memory);
    }

    /** The same with other logs. */
    public RuntimeConfig withObservability(UnaryOperator<ObservabilitySettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                security,
                answers,
                change.apply(observability),
                shutdown,
                debug,
                memory);
    }

    /** The same with another end. */
    public RuntimeConfig withShutdown(UnaryOperator<ShutdownSettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                security,
                answers,
                observability,
                change.apply(shutdown),
                debug,
                memory);
    }

    /** The same with other rules for who may look inside. */
    public RuntimeConfig withDebug(UnaryOperator<DebugSettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                security,
                answers,
                observability,
                shutdown,
                change.apply(debug),
                memory);
    }

    /** The same with other rules for memory. */
    public RuntimeConfig withMemory(UnaryOperator<MemorySettings> change) {
        return new RuntimeConfig(
                document,
                listen,
                connections,
                limits,
                security,
                answers,
                observability,
                shutdown,
                debug,
                change.apply(memory));
    }
}
