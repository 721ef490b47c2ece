package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Identifies a built image. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageStatus(
        @JsonPropertyDescription("The repository, without tag or digest.") @Required @Size(max = 512)
        String repository,

        @JsonPropertyDescription("The digest of its manifest: sha256, a colon and 64 hexadecimal digits.")
        @Required
        @Size(max = 128)
        String digest,

        @JsonPropertyDescription("The hash of every input of the build; also the image's tag.")
        @Size(max = 64)
        @Nullable
        String revision,

        @JsonPropertyDescription(
                "Whether it brings an AOT cache of its start: Included, or None and why. Absent where the operator did not"
                        + " build it.")
        @Size(max = 256)
        @Nullable
        String aotCache) {

    /** Identifies an image of which no more is known. */
    public ImageStatus(String repository, String digest, @Nullable String revision) {
        this(repository, digest, revision, null);
    }
}
