package dev.brr.runtime.config;

import dev.brr.runtime.security.BasicUsers;

/**
 * The users of one HTTP basic scheme as configured.
 *
 * @param source the flag, the variable, or file and line, that they came from
 * @param users the users
 */
public record BasicUserSettings(String source, BasicUsers users) {}
