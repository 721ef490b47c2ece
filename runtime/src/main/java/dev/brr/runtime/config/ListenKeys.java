package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
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
            "a port of its own for /health, /ready, /metrics, /malloc, /openapi.* and /docs");

    private static final SettingKey<Path> TLS_CERTIFICATE_FILE = SettingKey.of(
            "listen.tls.certificateFile",
            "--tls-certificate-file",
            ValueType.FILE,
            null,
            "the certificates of the port in PEM, its own first; read anew when they change");

    private static final SettingKey<Path> TLS_KEY_FILE = SettingKey.of(
            "listen.tls.keyFile", "--tls-key-file", ValueType.FILE, null, "the private key to them in PEM");

    private static final SettingKey<Duration> TLS_RELOAD_SECONDS = SettingKey.of(
            "listen.tls.reloadSeconds",
            "--tls-reload-seconds",
            ValueType.seconds(1, 86_400),
            Duration.ofSeconds(10),
            "how often the files of TLS are looked at");

    static final List<SettingKey<?>> ALL =
            List.of(HOST, PORT, MANAGEMENT_PORT, TLS_CERTIFICATE_FILE, TLS_KEY_FILE, TLS_RELOAD_SECONDS);

    private ListenKeys() {}

    static ListenSettings read(SettingValues values) {
        int port = values.get(PORT);
        Optional<Integer> management = values.find(MANAGEMENT_PORT);
        if (management.filter(number -> number != 0 && number == port).isPresent()) {
            String source = values.given(MANAGEMENT_PORT).map(Given::source).orElse("--management-port");
            values.mistake(source, "is the same as the port, " + port);
        }
        return new ListenSettings(values.get(HOST), port, management, tls(values));
    }

    private static Optional<TlsSettings> tls(SettingValues values) {
        Optional<Path> certificate = values.find(TLS_CERTIFICATE_FILE);
        Optional<Path> key = values.find(TLS_KEY_FILE);
        Optional<Given> alone = values.given(TLS_CERTIFICATE_FILE)
                .filter(_ -> values.isAbsent(TLS_KEY_FILE))
                .or(() -> values.given(TLS_KEY_FILE).filter(_ -> values.isAbsent(TLS_CERTIFICATE_FILE)));
        alone.ifPresent(
                given -> values.mistake(given.source(), "TLS needs both --tls-certificate-file and --tls-key-file"));
        Duration reload = values.get(TLS_RELOAD_SECONDS);
        boolean off = values.isAbsent(TLS_CERTIFICATE_FILE) && values.isAbsent(TLS_KEY_FILE);
        values.find(TLS_RELOAD_SECONDS)
                .filter(_ -> off)
                .flatMap(_ -> values.given(TLS_RELOAD_SECONDS))
                .ifPresent(given -> values.mistake(given.source(), "says nothing without listen.tls"));
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new TlsSettings(certificate.get(), key.get(), reload))
                : Optional.empty();
    }
}
