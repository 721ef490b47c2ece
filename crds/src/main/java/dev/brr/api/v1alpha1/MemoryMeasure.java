package dev.brr.api.v1alpha1;

/** Names what is compared between operations; both are of native memory. */
public enum MemoryMeasure {
    /** What is in use, by a heap profile. */
    InUse,
    /** What was allocated since the process started, freed or not. */
    AllocatedSinceStart
}
