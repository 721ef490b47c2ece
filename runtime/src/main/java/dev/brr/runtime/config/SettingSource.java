package dev.brr.runtime.config;

import java.util.Map;
import java.util.Optional;

/** A place where settings are given: flags, environment or file. */
interface SettingSource {

    /** Gives what it says of a setting. */
    Optional<Given> find(SettingKey<?> key);

    /** Gives what it says of each member of a family, by the member's name. */
    Map<String, Given> findEach(SettingKey<?> family);

    /** Whether a setting is named without its value, which it has already said. */
    default boolean isUnfinished(SettingKey<?> key) {
        return false;
    }
}
