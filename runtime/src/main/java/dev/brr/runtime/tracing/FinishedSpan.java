package dev.brr.runtime.tracing;

import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * A request that was answered, with the attributes of the semantic conventions for HTTP servers (OpenTelemetry 1.23 and
 * later). Query and headers are not in it: they may be secret.
 *
 * @param span the request
 * @param nanos how long it took
 * @param operation the operationId; empty where the request fits none
 * @param route the path template; empty where the request fits none
 * @param method the method as it came
 * @param path the path as it came
 * @param scheme {@code http} or {@code https}
 * @param client the address that it came from
 * @param status the status of the answer
 */
public record FinishedSpan(
        ServerSpan span,
        long nanos,
        String operation,
        String route,
        String method,
        String path,
        String scheme,
        String client,
        int status) {
    private static final int KIND_SERVER = 2;
    private static final int STATUS_ERROR = 2;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY");

    /** Writes it as OTLP has it in JSON: identifiers in hexadecimal, whole numbers of 64 bits as texts. */
    void write(JsonGenerator json) {
        boolean known = METHODS.contains(method);
        json.writeStartObject();
        json.writeStringProperty("traceId", span.traceId());
        json.writeStringProperty("spanId", span.spanId());
        if (!span.parentId().isEmpty()) {
            json.writeStringProperty("parentSpanId", span.parentId());
        }
        if (!span.traceState().isEmpty()) {
            json.writeStringProperty("traceState", span.traceState());
        }
        json.writeStringProperty("name", operation.isEmpty() ? known ? method : "HTTP" : operation);
        json.writeNumberProperty("kind", KIND_SERVER);
        json.writeStringProperty("startTimeUnixNano", Long.toString(span.beganAt()));
        json.writeStringProperty("endTimeUnixNano", Long.toString(span.beganAt() + nanos));
        json.writeArrayPropertyStart("attributes");
        text(json, "http.request.method", known ? method : "_OTHER");
        text(json, "http.request.method_original", known ? "" : method);
        text(json, "http.route", route);
        text(json, "url.path", path);
        text(json, "url.scheme", scheme);
        text(json, "client.address", client);
        text(json, "brr.operation", operation);
        json.writeStartObject();
        json.writeStringProperty("key", "http.response.status_code");
        json.writeObjectPropertyStart("value");
        json.writeStringProperty("intValue", Integer.toString(status));
        json.writeEndObject();
        json.writeEndObject();
        text(json, "error.type", isError() ? Integer.toString(status) : "");
        json.writeEndArray();
        json.writeObjectPropertyStart("status");
        if (isError()) {
            json.writeNumberProperty("code", STATUS_ERROR);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What the client did wrong is no error of a server. */
    private boolean isError() {
        return status >= 500;
    }

    static void text(JsonGenerator json, String key, String value) {
        if (!value.isEmpty()) {
            json.writeStartObject();
            json.writeStringProperty("key", key);
            json.writeObjectPropertyStart("value");
            json.writeStringProperty("stringValue", value);
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
