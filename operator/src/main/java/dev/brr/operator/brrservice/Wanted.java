package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.Finding;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds what a spec amounts to right now: the image as far as it is built, and the tuning as far as it is allowed.
 *
 * @param imageFinding the condition ImageBuilt
 * @param image the image, where it exists
 * @param buildInputs the hash of the inputs that lead to the image
 * @param tuning the tuning, or why it is refused
 * @param retryAt when a failed build is tried again
 */
record Wanted(
        Finding imageFinding,
        Optional<ImageStatus> image,
        String buildInputs,
        Tuning.Decision tuning,
        Optional<Instant> retryAt) {

    /** Returns what the pods should run, where both image and tuning can be had. */
    Optional<Target> target() {
        return image.flatMap(built -> mallocConf()
                .map(conf -> new Target(built.repository() + "@" + built.digest(), conf.render(), buildInputs)));
    }

    /** Returns the tuning, where it is not refused. */
    Optional<MallocConf> mallocConf() {
        return tuning instanceof Tuning.Decision.Tuned(var conf) ? Optional.of(conf) : Optional.empty();
    }
}
