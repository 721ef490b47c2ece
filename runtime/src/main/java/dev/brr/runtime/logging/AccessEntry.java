package dev.brr.runtime.logging;

import java.io.OutputStream;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One answered request. Query, headers and bodies are not in it: they may be secret.
 *
 * @param time when it was answered, in milliseconds since 1970
 * @param method the method
 * @param path the path as it came
 * @param operation the operationId, or {@code unmatched}
 * @param status the status of the answer
 * @param micros how long it took, in microseconds
 * @param bytes the bytes of the answer with its head, as far as they were sent
 * @param client the address that it came from
 * @param requestId its {@code x-request-id}; empty when it did not come so far
 * @param traceId the trace that it belongs to; empty for none
 */
public record AccessEntry(
        long time,
        String method,
        String path,
        String operation,
        int status,
        long micros,
        long bytes,
        String client,
        String requestId,
        String traceId) {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** Writes it as a line of JSON; what a client sent cannot end the line. */
    void write(OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("time", Instant.ofEpochMilli(time).toString());
            json.writeStringProperty("method", method);
            json.writeStringProperty("path", path);
            json.writeStringProperty("operation", operation);
            json.writeNumberProperty("status", status);
            json.writeNumberProperty("duration_us", micros);
            json.writeNumberProperty("bytes", bytes);
            json.writeStringProperty("client", client);
            if (!requestId.isEmpty()) {
                json.writeStringProperty("request_id", requestId);
            }
            if (!traceId.isEmpty()) {
                json.writeStringProperty("trace_id", traceId);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
