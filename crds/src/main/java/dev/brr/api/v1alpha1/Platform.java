package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Names an operating system and processor architecture as image indexes spell them. */
public enum Platform {
    @JsonProperty("linux/amd64")
    LINUX_AMD64("amd64"),
    @JsonProperty("linux/arm64")
    LINUX_ARM64("arm64");

    private final String architecture;

    Platform(String architecture) {
        this.architecture = architecture;
    }

    /** Returns the architecture as image configurations spell it, e.g. {@code amd64}. */
    public String architecture() {
        return architecture;
    }
}
