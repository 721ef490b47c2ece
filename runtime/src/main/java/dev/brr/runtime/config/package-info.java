/**
 * Reads how the service is to run: flags before environment before a YAML file before defaults.
 *
 * <p>{@link dev.brr.runtime.config.SettingCatalog} lists the settings; for each concern there is a record ({@code
 * ListenSettings}, public) and what reads it ({@code ListenKeys}). Depends on no other package; opens the files that it is
 * told of and nothing else.
 */
@NullMarked
package dev.brr.runtime.config;

import org.jspecify.annotations.NullMarked;
