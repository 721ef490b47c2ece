package dev.brr.runtime.blackbox;

/** Is what the black box does after one look. */
public sealed interface BlackBoxAction {
    /** Keeps evidence now. */
    record Keep(KeptReason reason) implements BlackBoxAction {}

    /** Lets jemalloc sample allocations, so that later evidence has something in it. */
    record StartSampling() implements BlackBoxAction {}

    /** Ends that. */
    record StopSampling() implements BlackBoxAction {}
}
