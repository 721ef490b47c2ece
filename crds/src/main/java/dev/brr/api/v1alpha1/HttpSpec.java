package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Bounds what clients may ask of a service, and says which pages of others may call it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpSpec(
        @JsonPropertyDescription(
                "The largest request body, in bytes; a larger one is answered with 413. Absent: 16777216.")
        @Min(0)
        @Max(2_147_483_639)
        @Nullable
        Integer maxBodyBytes,

        @JsonPropertyDescription(
                "How many seconds a handler may work before it is interrupted and the client told 503; 0 for no limit. Absent: 60.")
        @Min(0)
        @Max(86_400)
        @Nullable
        Integer requestSeconds,

        @JsonPropertyDescription(
                "How many connections a pod holds at a time. Absent: as many as its Java heap has room for, from 128 to 20000.")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer maxConnections,

        @JsonPropertyDescription(
                "Which pages of other origins may call. Absent: those that the document names (x-brr-cors), or none.")
        @Nullable
        CorsSpec cors,

        @JsonPropertyDescription("How often one client may call one operation. Absent: as often as it likes.") @Nullable
        RateLimitSpec rateLimit) {}
