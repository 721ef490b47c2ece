package dev.brr.runtime.config;

import java.nio.file.Path;
import java.util.List;

/** Reads {@link DebugSettings}. */
final class DebugKeys {
    private static final SettingKey<Path> TOKEN_FILE = SettingKey.<Path>of(
            "debug.tokenFile",
            "--debug-token-file",
            ValueType.FILE,
            null,
            "the file with the token that opens /debug; without it, or while there is none, /debug is closed");

    static final List<SettingKey<?>> ALL = List.of(TOKEN_FILE);

    private DebugKeys() {}

    static DebugSettings read(SettingValues values) {
        return new DebugSettings(values.find(TOKEN_FILE));
    }
}
