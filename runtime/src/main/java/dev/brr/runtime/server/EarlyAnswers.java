package dev.brr.runtime.server;

import dev.brr.runtime.logging.AccessEntry;
import dev.brr.runtime.logging.AccessLog;
import dev.brr.runtime.metrics.OperationMeters;
import dev.brr.runtime.metrics.RuntimeMetrics;
import java.util.Optional;

/**
 * Counts what clients are answered before they have a request to route, and gives each answer its line in the access log.
 *
 * <p>They count as {@link OperationMeters#UNMATCHED}, with the method as far as there is one, so that clients can make no
 * time series of their own.
 */
final class EarlyAnswers {
    private final OperationMeters meters;
    private final Optional<AccessLog> accessLog;

    /** @param accessLog where they get their lines, if anywhere */
    EarlyAnswers(RuntimeMetrics metrics, Optional<AccessLog> accessLog) {
        this.meters = metrics.operation(OperationMeters.UNMATCHED);
        this.accessLog = accessLog;
    }

    /**
     * Notes an answer to a request that came so far only that no more than this is known of it.
     *
     * @param method empty where none has come
     * @param path empty where none has come
     * @param nanos since the request began to come
     * @param bytes what was sent
     * @param requestId what the answer calls it
     */
    void add(String method, String path, int status, long nanos, int bytes, String client, String requestId) {
        meters.record(method, status, nanos);
        accessLog.ifPresent(log -> log.add(new AccessEntry(
                System.currentTimeMillis(),
                method,
                path,
                OperationMeters.UNMATCHED,
                status,
                nanos / 1000,
                bytes,
                client,
                requestId,
                "")));
    }
}
