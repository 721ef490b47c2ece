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
        return replacing(change.apply(document));
    }

    /** The same with another address or port. */
    public RuntimeConfig withListen(UnaryOperator<ListenSettings> change) {
        return replacing(change.apply(listen));
    }

    /** The same with other rules for connections. */
    public RuntimeConfig withConnections(UnaryOperator<ConnectionSettings> change) {
        return replacing(change.apply(connections));
    }

    /** The same with other limits. */
    public RuntimeConfig withLimits(UnaryOperator<LimitSettings> change) {
        return replacing(change.apply(limits));
    }

    /** The same with other credentials. */
    public RuntimeConfig withSecurity(UnaryOperator<SecuritySettings> change) {
        return replacing(change.apply(security));
    }

    /** The same with answers sent otherwise. */
    public RuntimeConfig withAnswers(UnaryOperator<AnswerSettings> change) {
        return replacing(change.apply(answers));
    }

    /** The same with other logs. */
    public RuntimeConfig withObservability(UnaryOperator<ObservabilitySettings> change) {
        return replacing(change.apply(observability));
    }

    /** The same with another end. */
    public RuntimeConfig withShutdown(UnaryOperator<ShutdownSettings> change) {
        return replacing(change.apply(shutdown));
    }

    /** The same with other rules for who may look inside. */
    public RuntimeConfig withDebug(UnaryOperator<DebugSettings> change) {
        return replacing(change.apply(debug));
    }

    /** The same with other rules for memory. */
    public RuntimeConfig withMemory(UnaryOperator<MemorySettings> change) {
        return replacing(change.apply(memory));
    }

    /** Takes the place of the one component that has its type: no two have the same. */
    private RuntimeConfig replacing(Record part) {
        return new RuntimeConfig(
                part instanceof DocumentSettings other ? other : document,
                part instanceof ListenSettings other ? other : listen,
                part instanceof ConnectionSettings other ? other : connections,
                part instanceof LimitSettings other ? other : limits,
                part instanceof SecuritySettings other ? other : security,
                part instanceof AnswerSettings other ? other : answers,
                part instanceof ObservabilitySettings other ? other : observability,
                part instanceof ShutdownSettings other ? other : shutdown,
                part instanceof DebugSettings other ? other : debug,
                part instanceof MemorySettings other ? other : memory);
    }
}
