package dev.brr.api.v1alpha1;

/** Names an image that is nowhere: where an operator watches too, it finds nothing to build and, at none replicas, to run. */
final class NoImage {

    /** Under the top level domain that RFC 2606 keeps free. */
    static final String REFERENCE = "registry.invalid/none@sha256:" + "0".repeat(64);

    private NoImage() {}
}
