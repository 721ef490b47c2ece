package dev.brr.runtime.tracing;

import java.time.Duration;
import java.util.Optional;

/** What a collector says to a batch. */
sealed interface OtlpAnswer {
    /** The status of a collector that did not answer at all. */
    int NONE = 0;

    /**
     * It took the batch.
     *
     * @param rejected how many of the spans it did not take all the same
     */
    record Taken(long rejected) implements OtlpAnswer {}

    /**
     * It did not.
     *
     * @param status the HTTP status; {@link #NONE} when there was no answer
     * @param retryAfter when it wants to be asked again, if it says so
     * @param why for the log
     */
    record Refused(int status, Optional<Duration> retryAfter, String why) implements OtlpAnswer {}
}
