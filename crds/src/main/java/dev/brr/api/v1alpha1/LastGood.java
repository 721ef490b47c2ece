package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Remembers an image, a tuning and security schemes that were Ready together. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastGood(
        @JsonPropertyDescription("The image, by digest.") @Size(max = 640) @Nullable
        String image,

        @JsonPropertyDescription("Its manifest's digest.") @Size(max = 128) @Nullable
        String digest,

        @JsonPropertyDescription("MALLOC_CONF of that moment.") @Size(max = 4096) @Nullable
        String mallocConf,

        @JsonPropertyDescription("The security schemes of that moment: which Secrets, and nothing that is in them.")
        @Nullable
        SecuritySpec security) {}
