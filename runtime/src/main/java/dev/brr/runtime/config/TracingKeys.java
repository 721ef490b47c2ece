package dev.brr.runtime.config;

import dev.brr.runtime.tracing.OtlpTarget;
import dev.brr.runtime.tracing.Sampler;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@link TracingSettings}. What a flag or a variable of ours says goes before OpenTelemetry's own variables. */
final class TracingKeys {
    private static final String JSON = "http/json";

    private static final SettingKey<URI> ENDPOINT = SettingKey.<URI>of(
                    "tracing.endpoint",
                    "--tracing-endpoint",
                    ValueType.TEXT
                            .map("an http or https URL", TracingKeys::url, URI::toString)
                            .shownAs("URL"),
                    null,
                    "the OTLP collector that gets a span for each request, by HTTP at /v1/traces under this address")
            .withVariables("BRR_TRACING_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");

    private static final SettingKey<String> SERVICE_NAME = SettingKey.<String>of(
                    "tracing.serviceName",
                    "--tracing-service-name",
                    ValueType.TEXT,
                    null,
                    "what the service is called there, the document's title when it says nothing")
            .withVariables("BRR_TRACING_SERVICE_NAME", "OTEL_SERVICE_NAME");

    /** Keys of a collector stand in no configuration file, and in no flag: the list of processes shows flags to everyone. */
    private static final SettingKey<String> HEADERS = SettingKey.<String>of(
                    "",
                    "--tracing-headers",
                    ValueType.TEXT,
                    null,
                    "the headers of each request to the collector, such as a key: name=value,name=value with values"
                            + " percent-encoded")
            .withFlags()
            .withVariables("BRR_TRACING_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS")
            .repeated();

    private static final SettingKey<Path> HEADERS_FILE = SettingKey.<Path>of(
                    "tracing.headersFile",
                    "--tracing-headers-file",
                    ValueType.FILE,
                    null,
                    "a file that holds the headers of each request to the collector, in the same form or one a line")
            .withFlags()
            .withVariables("BRR_TRACING_HEADERS_FILE");

    private static final SettingKey<Map<String, String>> ATTRIBUTES = SettingKey.<Map<String, String>>of(
                    "tracing.resourceAttributes",
                    "--tracing-resource-attributes",
                    ValueType.TEXT
                            .map("pairs name=value, separated by commas", KeyValues::read, KeyValues::write)
                            .shownAs("NAME=VALUE,..."),
                    null,
                    "what else each span says of the service, by the semantic conventions for resources")
            .withVariables("BRR_TRACING_RESOURCE_ATTRIBUTES", "OTEL_RESOURCE_ATTRIBUTES")
            .repeated();

    private static final SettingKey<TracingSettings.Compression> COMPRESSION = SettingKey.of(
                    "tracing.compression",
                    "--tracing-compression",
                    ValueType.oneOf(TracingSettings.Compression.class),
                    TracingSettings.Compression.NONE,
                    "how requests to the collector are compressed")
            .withVariables("BRR_TRACING_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION");

    private static final SettingKey<Integer> SAMPLE_PERCENT = SettingKey.of(
            "tracing.samplePercent",
            "--tracing-sample-percent",
            ValueType.count(0, 100),
            100,
            "how many of a hundred traces that begin here are told of; of others the caller decides");

    private static final SettingKey<URI> TRACES_ENDPOINT = SettingKey.<URI>of(
                    "",
                    "--tracing-traces-endpoint",
                    ENDPOINT.type(),
                    null,
                    "the address that spans are posted to, with nothing added; goes before OTEL_EXPORTER_OTLP_ENDPOINT")
            .withFlags()
            .withVariables("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    private static final SettingKey<String> PROTOCOL = SettingKey.<String>of(
                    "",
                    "--tracing-protocol",
                    ValueType.TEXT.map(
                            JSON + ", which is how spans are sent here (a collector takes it on the port for HTTP,"
                                    + " 4318 as a rule)",
                            text -> text.strip().equals(JSON) ? JSON : null,
                            text -> text),
                    null,
                    "how spans are sent; where there is an endpoint, another protocol than ours is refused")
            .withFlags()
            .withVariables("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");

    static final List<SettingKey<?>> ALL = List.of(
            ENDPOINT,
            TRACES_ENDPOINT,
            PROTOCOL,
            SERVICE_NAME,
            HEADERS,
            HEADERS_FILE,
            ATTRIBUTES,
            COMPRESSION,
            SAMPLE_PERCENT,
            SamplerKeys.SAMPLER,
            SamplerKeys.ARGUMENT);

    private TracingKeys() {}

    static Optional<TracingSettings> read(SettingValues values) {
        String name = values.find(SERVICE_NAME).orElse("");
        Map<String, String> headers = headers(values);
        Map<String, String> attributes = values.find(ATTRIBUTES).orElse(Map.of());
        TracingSettings.Compression compression = values.get(COMPRESSION);
        int percent = values.get(SAMPLE_PERCENT);
        return endpoint(values)
                .filter(_ -> SdkKeys.letSend(values))
                .filter(_ -> isSpoken(values))
                .map(endpoint -> new TracingSettings(
                        endpoint, name, headers, attributes, compression, sampler(values, percent)));
    }

    private static Optional<URI> endpoint(SettingValues values) {
        Optional<URI> under = values.find(ENDPOINT).map(OtlpTarget::under);
        Optional<URI> asItIs = isOurs(values, ENDPOINT) ? Optional.empty() : values.find(TRACES_ENDPOINT);
        return asItIs.or(() -> under);
    }

    /** Whether spans can be sent as it is said, if anything says it; another protocol is a mistake. */
    private static boolean isSpoken(SettingValues values) {
        return values.given(PROTOCOL).isEmpty() || values.find(PROTOCOL).isPresent();
    }

    private static Sampler sampler(SettingValues values, int percent) {
        Sampler here = Sampler.ofPercent(percent);
        return isOurs(values, SAMPLE_PERCENT) ? here : SamplerKeys.read(values).orElse(here);
    }

    /** Whether a flag or a variable of ours says it. */
    private static boolean isOurs(SettingValues values, SettingKey<?> key) {
        return values.given(key)
                .filter(given ->
                        given.source().startsWith("--") || given.source().startsWith("BRR_"))
                .isPresent();
    }

    /** No message of it holds what was given. */
    private static Map<String, String> headers(SettingValues values) {
        Map<String, String> headers = new TreeMap<>();
        values.given(HEADERS_FILE).ifPresent(given -> {
            try {
                add(
                        headers,
                        values,
                        given.source(),
                        Files.readString(Path.of(given.texts().getFirst())));
            } catch (IOException | IllegalArgumentException e) {
                values.mistake(
                        given.source(),
                        "the file " + given.texts().getFirst() + " cannot be read ("
                                + e.getClass().getSimpleName() + ")");
            }
        });
        values.given(HEADERS).ifPresent(given -> add(headers, values, given.source(), String.join(",", given.texts())));
        return headers;
    }

    private static void add(Map<String, String> headers, SettingValues values, String source, String text) {
        Map<String, String> read = KeyValues.read(text);
        if (read == null) {
            values.mistake(source, "has to be pairs name=value, separated by commas, values percent-encoded");
        } else {
            headers.putAll(read);
        }
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text.strip());
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null && url.getRawQuery() == null ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
