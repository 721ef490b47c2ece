package dev.brr.runtime.config;

import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigOutcome {

    /** It can be used. */
    record Usable(RuntimeConfig config) implements ConfigOutcome {}

    /** It is refused; each message names the flag or variable at fault, and never its value if that is a key. */
    record Refused(List<String> messages) implements ConfigOutcome {}

    /** The caller asked how to use the command. */
    record Help() implements ConfigOutcome {}
}
