package dev.brr.operator.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the operator's settings.
 *
 * @param registry host, port and prefix under which service images are pushed, without a trailing slash
 * @param registryInsecure whether that registry may be spoken to without TLS
 * @param baseImage the image that services are built on where their spec names none
 * @param serviceDirectory the packaged runtime: {@code libs}, {@code petstore}, {@code openapi.yaml}, {@code jvm.options}
 * @param nativeDirectory jemalloc by platform: {@code linux-amd64/libjemalloc.so.2}
 * @param cacheDirectory where Jib keeps layers
 * @param watchNamespaces the namespaces that are watched; empty means all
 * @param managementPort where health and metrics are served; 0 picks a free port
 * @param dockerConfig a directory with the operator's own {@code config.json}, if it has credentials
 * @param instance what Events name as their reporter
 */
public record OperatorConfig(
        String registry,
        boolean registryInsecure,
        String baseImage,
        Path serviceDirectory,
        Path nativeDirectory,
        Path cacheDirectory,
        Set<String> watchNamespaces,
        int managementPort,
        @Nullable Path dockerConfig,
        String instance) {

    /**
     * Reads the settings from environment variables.
     *
     * @throws OperatorConfigException naming the variable that is missing or wrong
     */
    public static OperatorConfig from(Map<String, String> environment) {
        return new OperatorConfig(
                stripSlash(
                        required(environment, "BRR_REGISTRY", "the registry for service images, host[:port][/prefix]")),
                bool(environment, "BRR_REGISTRY_INSECURE"),
                required(environment, "BRR_BASE_IMAGE", "the base of service images, e.g. eclipse-temurin:25-jre"),
                Path.of(environment.getOrDefault("BRR_SERVICE_DIR", "/app/service")),
                Path.of(environment.getOrDefault("BRR_NATIVE_DIR", "/app/native")),
                Path.of(environment.getOrDefault("BRR_CACHE_DIR", "/cache")),
                names(environment.getOrDefault("BRR_WATCH_NAMESPACES", "")),
                port(environment, "BRR_MANAGEMENT_PORT", 8080),
                present(environment, "DOCKER_CONFIG").map(Path::of).orElse(null),
                environment.getOrDefault("HOSTNAME", "brr-operator"));
    }

    private static Optional<String> present(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String required(Map<String, String> environment, String name, String what) {
        return present(environment, name)
                .orElseThrow(() -> new OperatorConfigException(name, "is not set; it has to name " + what));
    }

    private static boolean bool(Map<String, String> environment, String name) {
        return present(environment, name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new OperatorConfigException(name, "has to be true or false, not '" + value + "'");
                })
                .orElse(false);
    }

    private static int port(Map<String, String> environment, String name, int fallback) {
        var value = present(environment, name).orElse(Integer.toString(fallback));
        try {
            var port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new OperatorConfigException(name, "has to be a port number, not '" + value + "'", e);
        }
        throw new OperatorConfigException(name, "has to be between 0 and 65535, not " + value);
    }

    private static Set<String> names(String list) {
        var names = new LinkedHashSet<String>();
        Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return Set.copyOf(names);
    }

    private static String stripSlash(String value) {
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }
}
