package dev.brr.operator.build;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names every input of a build that its requester knows. Equal requests are one build.
 *
 * @param base the base image as it was asked for, by tag or digest
 * @param repository where the image goes, without tag
 * @param document the OpenAPI document's text
 * @param petStore whether the pet store's handlers go with it
 * @param architectures the processor architectures, e.g. {@code amd64}; never empty
 * @param runtime the content hash of the packaged runtime
 * @param push the credentials that push to the repository; absent: the operator's own
 */
public record BuildRequest(
        String base,
        String repository,
        String document,
        boolean petStore,
        List<String> architectures,
        String runtime,
        @Nullable RegistryCredentials push) {

    /** Copies and sorts the architectures, so that their order makes no difference. */
    public BuildRequest {
        architectures = architectures.stream().sorted().distinct().toList();
    }

    /** Returns the credentials for the repository, if the requester brought any. */
    public Optional<RegistryCredentials> credentials() {
        return Optional.ofNullable(push);
    }

    /** Returns the hash of the inputs, 32 hex digits; credentials are no input of the image. */
    public String inputs() {
        return Hash.of(base, repository, document, Boolean.toString(petStore), String.join(",", architectures), runtime)
                .substring(0, 32);
    }

    /**
     * Returns the revision: the hash of what is in the image, 20 hex digits, and the image's tag.
     *
     * @param baseDigest what the base resolved to
     * @param aot whether the image brings an AOT cache, and for what it was made
     */
    public String revision(String baseDigest, AotDecision aot) {
        var parts =
                Stream.of(baseDigest, document, Boolean.toString(petStore), String.join(",", architectures), runtime);
        // Without a cache the hash is what it was before there were any.
        var cache = Stream.of(aot.identity()).filter(identity -> !identity.isEmpty());
        return Hash.of(Stream.concat(parts, cache).toArray(String[]::new)).substring(0, 20);
    }

    /** Names the build without the document's text or any credential. */
    @Override
    public String toString() {
        return "BuildRequest[" + repository + " on " + base + ", inputs " + inputs() + "]";
    }
}
