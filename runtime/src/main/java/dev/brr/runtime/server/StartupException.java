package dev.brr.runtime.server;

import java.util.List;

/** Says why the service cannot start. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    public StartupException(List<String> reasons) {
        super(String.join("\n", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** Each thing that is wrong, in a line for the operator. */
    public List<String> reasons() {
        return reasons;
    }
}
