package dev.brr.runtime.server;

import dev.brr.runtime.config.TracingSettings;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.tracing.OtlpTarget;
import java.util.Map;
import java.util.TreeMap;

/** Says where spans go, and what the service is called there. */
final class TracingPlan {
    private TracingPlan() {}

    /** What is configured goes before what the document says; a name that is set by itself before one among attributes. */
    static OtlpTarget target(TracingSettings settings, ServiceDocument document) {
        Map<String, String> resource =
                new TreeMap<>(Map.of("service.name", document.title(), "service.version", document.version()));
        resource.putAll(settings.resourceAttributes());
        if (!settings.serviceName().isEmpty()) {
            resource.put("service.name", settings.serviceName());
        }
        resource.put("telemetry.sdk.language", "java");
        resource.put("telemetry.sdk.name", "brr");
        return new OtlpTarget(
                settings.endpoint(),
                resource,
                settings.headers(),
                settings.compression() == TracingSettings.Compression.GZIP,
                settings.sampler());
    }
}
