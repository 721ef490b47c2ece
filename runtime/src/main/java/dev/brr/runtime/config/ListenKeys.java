package dev.brr.runtime.config;

import java.util.List;
import java.util.Optional;

/** Reads {@link ListenSettings}. */
final class ListenKeys {
    private static final ListenSettings DEFAULTS = ListenSettings.DEFAULTS;

    private static final SettingKey<String> HOST = SettingKey.of(
            "listen.host", "--host", ValueType.TEXT.shownAs("ADDRESS"), DEFAULTS.host(), "the address to listen on");

    private static final SettingKey<Integer> PORT = SettingKey.of(
                    "listen.port",
                    "--port",
                    ValueType.PORT,
                    DEFAULTS.port(),
                    "the port to listen on, 0 for any that is free")
            .withVariables("BRR_PORT", "PORT");

    private static final SettingKey<Integer> MANAGEMENT_PORT = SettingKey.of(
            "listen.managementPort",
            "--management-port",
            ValueType.PORT,
            null,
            "a port of its own for /health, /ready, /metrics, /malloc and /openapi.*");

    static final List<SettingKey<?>> ALL = List.of(HOST, PORT, MANAGEMENT_PORT);

    private ListenKeys() {}

    static ListenSettings read(SettingValues values) {
        int port = values.get(PORT);
        Optional<Integer> management = values.find(MANAGEMENT_PORT);
        if (management.filter(number -> number != 0 && number == port).isPresent()) {
            String source = values.given(MANAGEMENT_PORT).map(Given::source).orElse("--management-port");
            values.mistake(source, "is the same as the port, " + port);
        }
        return new ListenSettings(values.get(HOST), port, management);
    }
}
