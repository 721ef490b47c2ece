package dev.brr.runtime.tracing;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes requests for {@code /v1/traces} (OTLP 1.x, JSON Protobuf encoding). */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SCOPE = "dev.brr.runtime";

    private OtlpJson() {}

    /** @param resource the attributes of the service */
    static byte[] of(Map<String, String> resource, List<FinishedSpan> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(spans.size() * 640 + 512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectPropertyStart("resource");
            json.writeArrayPropertyStart("attributes");
            resource.forEach((key, value) -> FinishedSpan.text(json, key, value));
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayPropertyStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectPropertyStart("scope");
            json.writeStringProperty("name", SCOPE);
            json.writeEndObject();
            json.writeArrayPropertyStart("spans");
            spans.forEach(span -> span.write(json));
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
