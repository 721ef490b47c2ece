package dev.brr.jemalloc.profile;

/** Works for one operation at a time, or for none. */
sealed interface Worker permits Ledger, FollowedContinuation {

    /** Works for an operation from now on, 0 for none; returns the one before. For the thread itself to call. */
    int workFor(int operation);
}
