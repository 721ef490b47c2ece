package dev.brr.jemalloc.guard;

/** Is what the guard does after one look. */
public sealed interface GuardAction {

    /** All is well, or what could be done was done a moment ago. */
    record Nothing() implements GuardAction {}

    /** Gives the unused pages of all arenas back now. */
    record Purge(PurgeReason reason) implements GuardAction {}

    /** Lets pages stay unused for a short time only, in all arenas that exist and in those to come. */
    record ShortenDecay() implements GuardAction {}

    /** Gives every arena the decay times back that it had. */
    record RestoreDecay() implements GuardAction {}
}
