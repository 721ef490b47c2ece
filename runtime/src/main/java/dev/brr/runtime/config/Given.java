package dev.brr.runtime.config;

import java.util.List;

/**
 * What one source says of a setting.
 *
 * @param source the flag, the variable, or file and line
 * @param texts the values as they stand there; one, unless the setting is a list
 */
record Given(String source, List<String> texts) {
    static Given of(String source, String text) {
        return new Given(source, List.of(text));
    }
}
