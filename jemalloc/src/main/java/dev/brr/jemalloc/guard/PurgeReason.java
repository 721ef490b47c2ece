package dev.brr.jemalloc.guard;

import java.util.Locale;

/** Says why unused pages were given back at once. */
public enum PurgeReason {
    /** Much is used, and a good part of it is unused pages. */
    NEAR_LIMIT,
    /** Almost all is used: every page counts. */
    CRITICAL;

    /** Returns the word for metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
