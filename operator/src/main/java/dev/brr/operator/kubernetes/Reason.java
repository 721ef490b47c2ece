package dev.brr.operator.kubernetes;

/** Lists every reason that a condition or an Event of a BrrService can carry, with what it means for its reader. */
public enum Reason {
    ServiceReady("Every pod runs the wanted image with the wanted tuning."),
    Waiting("An earlier condition has to become True first."),

    Built("The image was built and pushed."),
    Adopted("The registry already held the image of this revision; nothing was built."),
    Prebuilt("spec.image.prebuilt names the image; nothing was built."),
    Building("The build is queued or runs."),
    DocumentNotFound(
            "The ConfigMap or key that spec.openapi names does not exist. Create it; the operator is watching."),
    DocumentInvalid(
            "The OpenAPI document has problems; the message names each line. The image and tuning of before go on serving."),
    PlatformUnsupported(
            "spec.image.platforms names more than one platform, or one that the operator carries no jemalloc for."),
    PushSecretUnusable("spec.image.pushSecretRef names a Secret that is missing, not readable or no dockerconfigjson."),
    BaseImageRefused(
            "The base image sets MALLOC_CONF or preloads another allocator; the message says what to do. Other libraries"
                    + " that it preloads are kept, behind jemalloc. The image and tuning of before go on serving."),
    BuildFailed("Building or pushing failed; the message says why and when it is tried again."),

    MallocConfRefused(
            "spec.malloc has an option that jemalloc would refuse or ignore. The image and tuning of before go on serving."),
    TuningConfirmed("Every pod's jemalloc reports the options that were asked for."),
    TuningIgnored("A pod runs without jemalloc or with other options than asked for; the message names them."),
    TuningUnread("A ready pod has not answered /malloc yet."),

    RolloutComplete("Every pod runs this generation's image and tuning and is available."),
    RollingOut("Pods are being replaced."),
    RolloutFailed("The rollout made no progress within spec.rollout.progressDeadlineSeconds."),
    SecretNotFound(
            "New pods wait for a Secret, or a key in one, that does not exist; the message says which, and which field names it."
                    + " Create it: they start by themselves, however long it took. Pods of before serve until then."),
    RolledBack("The rollout failed; the last good image and tuning run again until the spec changes."),
    ScaledToZero("spec.replicas is 0; nothing runs."),

    DashboardPublished("The ConfigMap with the Grafana dashboard is up to date."),
    DashboardDisabled("spec.monitoring.dashboard is false."),

    OutOfMemoryKilled(
            "A pod's container was killed at its memory limit; the message says which, when, and where heap profiles from before are."),

    ApplyFailed("The API server refused an object of the service; the message is its answer. It is tried again."),

    RestartedForTuning("MALLOC_CONF or the environment changed: the pods restart with the image that they have."),
    RolledToImage("A new image rolls out.");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** Returns what it means and what to do, one or two sentences; the reference is made of these. */
    public String meaning() {
        return meaning;
    }
}
