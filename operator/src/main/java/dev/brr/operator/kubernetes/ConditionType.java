package dev.brr.operator.kubernetes;

/** Lists the conditions of a BrrService. Their names are API: dashboards and pipelines wait for them. */
public enum ConditionType {
    /** The service of this generation runs, tuned. */
    Ready,
    /** The image of this generation exists in the registry. */
    ImageBuilt,
    /** Every pod runs this generation's image and tuning and is available. */
    RolledOut,
    /** Every pod's jemalloc reports the options that were asked for. */
    TuningApplied,
    /** The dashboard of this generation is published. */
    DashboardPublished,
    /** No container was killed at its memory limit; there only after one was. */
    WithinMemoryLimit
}
