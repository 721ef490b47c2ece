package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the service is to run.
 *
 * @param spec the OpenAPI document
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param managementPort the port of health, readiness, metrics and the document, if they are to have one of their own
 * @param apiKeys the keys that open apiKey schemes
 * @param responseValidation whether answers are held to the document
 * @param maxBodyBytes the largest request body that is taken
 * @param drainTimeout how long requests in flight may take to end when the service stops
 */
public record RuntimeConfig(
        Path spec,
        String host,
        int port,
        Optional<Integer> managementPort,
        ApiKeySettings apiKeys,
        boolean responseValidation,
        long maxBodyBytes,
        Duration drainTimeout) {

    /** The settings for a document when nothing else is said. */
    public static RuntimeConfig defaults(Path spec) {
        return new RuntimeConfig(
                spec,
                "0.0.0.0",
                8080,
                Optional.empty(),
                ApiKeySettings.NONE,
                true,
                16L * 1024 * 1024,
                Duration.ofSeconds(20));
    }

    /** Reads flags and environment. */
    public static ConfigOutcome read(List<String> arguments, Map<String, String> environment) {
        return new ConfigReader(environment).read(arguments);
    }
}
