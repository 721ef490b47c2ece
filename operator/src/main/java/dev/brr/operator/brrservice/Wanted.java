package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.Finding;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a spec amounts to right now: the image as far as it is built, and the tuning as far as it is allowed.
 *
 * @param imageFinding the condition ImageBuilt
 * @param image the image, where it exists
 * @param buildInputs the hash of the inputs that lead to the image
 * @param tuning the tuning, or why it is refused
 * @param retryAt when a failed build is tried again, or a missing Secret looked for
 * @param spec the spec itself, for what pods get besides
 */
record Wanted(
        Finding imageFinding,
        Optional<ImageStatus> image,
        String buildInputs,
        Tuning.Decision tuning,
        Optional<Instant> retryAt,
        @Nullable BrrServiceSpec spec) {

    /** Returns what the pods should run, where both image and tuning can be had. */
    Optional<Target> target() {
        return imageReference()
                .flatMap(reference -> mallocConf()
                        .map(conf -> new Target(
                                reference, conf.render(), buildInputs, schemes(), ServicePods.settings(spec))));
    }

    /**
     * Returns what goes on running meanwhile, with the security schemes of the spec where the image is that of the spec, and
     * so its document too: what is withdrawn there is not to hold until the tuning is mended.
     */
    RolloutPlan.Observed keeping(RolloutPlan.Observed observed) {
        var isOfTheImage = target().isEmpty()
                && observed.current()
                        .map(Target::image)
                        .filter(running ->
                                imageReference().filter(running::equals).isPresent())
                        .isPresent();
        return isOfTheImage
                ? new RolloutPlan.Observed(
                        observed.current().map(current -> current.with(schemes())),
                        observed.appliedTarget(),
                        observed.failedTarget(),
                        observed.deadlineExceeded())
                : observed;
    }

    private Optional<String> imageReference() {
        return image.map(built -> built.repository() + "@" + built.digest());
    }

    private List<EnvVar> schemes() {
        return ServiceEnvironment.schemes(spec == null ? null : spec.security());
    }

    /** Returns the tuning, where it is not refused. */
    Optional<MallocConf> mallocConf() {
        return tuning instanceof Tuning.Decision.Tuned(var conf) ? Optional.of(conf) : Optional.empty();
    }
}
