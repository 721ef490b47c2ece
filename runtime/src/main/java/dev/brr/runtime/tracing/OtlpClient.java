package dev.brr.runtime.tracing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Posts batches to a collector. */
final class OtlpClient implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** An answer has a few words; a longer one is none of a collector. */
    private static final long MAX_ANSWER = 64L * 1024;

    private final OtlpTarget target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    OtlpClient(OtlpTarget target) {
        this.target = target;
    }

    /** Makes the request for a batch, to be sent as often as it takes. */
    HttpRequest request(List<FinishedSpan> batch) {
        byte[] json = OtlpJson.of(target.sortedResource(), batch);
        HttpRequest.Builder request = HttpRequest.newBuilder(target.endpoint()).timeout(TIMEOUT);
        target.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        if (target.gzip()) {
            request.setHeader("Content-Encoding", "gzip");
        }
        return request.POST(BodyPublishers.ofByteArray(target.gzip() ? gzip(json) : json))
                .build();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    OtlpAnswer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
            int status = response.statusCode();
            return status / 100 == 2
                    ? new OtlpAnswer.Taken(rejected(response.body()))
                    : new OtlpAnswer.Refused(
                            status,
                            response.headers()
                                    .firstValue("Retry-After")
                                    .flatMap(text -> RetryPolicy.retryAfter(text, Instant.now())),
                            "it answers " + status);
        } catch (IOException e) {
            return new OtlpAnswer.Refused(OtlpAnswer.NONE, Optional.empty(), e.toString());
        }
    }

    /** Reads how many spans of a batch that was taken were not ("OTLP/HTTP Response", partial success). */
    static long rejected(byte[] answer) {
        try {
            return Math.max(
                    0,
                    JsonMapper.shared()
                            .readTree(answer)
                            .path("partialSuccess")
                            .path("rejectedSpans")
                            .asLong(0));
        } catch (JacksonException _) {
            return 0;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
