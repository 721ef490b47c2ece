package dev.brr.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@link TracingSettings}. */
final class TracingKeys {
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

    static final List<SettingKey<?>> ALL = List.of(ENDPOINT, SERVICE_NAME);

    private TracingKeys() {}

    static Optional<TracingSettings> read(SettingValues values) {
        String name = values.find(SERVICE_NAME).orElse("");
        return values.find(ENDPOINT).map(endpoint -> new TracingSettings(endpoint, name));
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
