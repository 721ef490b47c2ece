package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds how often a client calls an operation of one pod; further calls are answered with 429 and Retry-After. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RateLimitSpec(
        @JsonPropertyDescription(
                "How many calls of one operation a client has in so many seconds, on each pod: with three pods it is up to three times as many.")
        @Required
        @Min(1)
        @Max(1_000_000)
        Integer requests,

        @JsonPropertyDescription("In how many seconds.") @Required @Min(1) @Max(1_000_000)
        Integer seconds,

        @JsonPropertyDescription("How many of them may come at once. Absent: all of them.")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer burst,

        @JsonPropertyDescription(
                "Proxies whose X-Forwarded-For is believed, as addresses or ranges of them, e.g. 10.244.0.0/16. Without the ingress' own address here, all its clients count as one.")
        @Size(max = 64)
        @Nullable
        List<@Size(min = 2, max = 43) @Pattern(SUBNET) String> trustedProxies) {

    private static final String SUBNET = "^(" + IpPattern.IPV4 + "(/(3[0-2]|[12]?[0-9]))?" + "|" + IpPattern.IPV6
            + "(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$";
}
