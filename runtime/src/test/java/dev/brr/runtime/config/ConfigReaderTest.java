package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    @TempDir
    private Path folder;

    private static final RuntimeConfig EVERYTHING = RuntimeConfig.defaults(Path.of("b.yaml"))
            .withDocument(document -> document.withResponseValidation(false))
            .withListen(listen -> new ListenSettings("127.0.0.1", 1, Optional.of(2), Optional.empty()))
            .withLimits(limits -> limits.withMaxBodyBytes(3))
            .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofSeconds(4)));

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : Arrays.asList(line.split(" "));
    }

    private static Map<String, String> environment(String line) {
        Map<String, String> variables = new HashMap<>();
        for (String word : words(line)) {
            variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return variables;
    }

    private static RuntimeConfig usable(String flags, String environment) {
        ConfigOutcome outcome = RuntimeConfig.read(words(flags), environment(environment));
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        return ((ConfigOutcome.Usable) outcome).config();
    }

    private static List<String> refused(String flags, String environment) {
        ConfigOutcome outcome = RuntimeConfig.read(words(flags), environment(environment));
        assertThat(outcome).isInstanceOf(ConfigOutcome.Refused.class);
        return ((ConfigOutcome.Refused) outcome).messages();
    }

    @Test
    void whatIsNotSaidHasADefault() {
        // when
        RuntimeConfig config = usable("--spec a.yaml", "");

        // then
        assertThat(config.document().spec()).isEqualTo(Path.of("a.yaml"));
        assertThat(config.listen().host()).isEqualTo("0.0.0.0");
        assertThat(config.listen().port()).isEqualTo(8080);
        assertThat(config.listen().managementPort()).isEmpty();
        assertThat(config.document().responseValidation()).isTrue();
        assertThat(config.limits().maxBodyBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(config.shutdown().drainTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.security().apiKeys().resolve(Set.of("Any"))).isEmpty();
    }

    @Test
    void everySettingHasAFlag() {
        // when
        RuntimeConfig config = usable(
                "--spec=b.yaml --host 127.0.0.1 --port 1 --management-port=2 --response-validation off"
                        + " --max-body-bytes 3 --drain-seconds 4",
                "");

        // then
        assertThat(config).usingRecursiveComparison().isEqualTo(EVERYTHING);
    }

    @Test
    void everySettingHasAVariable() {
        // when
        RuntimeConfig config = usable(
                "",
                "BRR_SPEC=b.yaml BRR_HOST=127.0.0.1 BRR_PORT=1 BRR_MANAGEMENT_PORT=2 BRR_RESPONSE_VALIDATION=off"
                        + " BRR_MAX_BODY_BYTES=3 BRR_DRAIN_SECONDS=4");

        // then
        assertThat(config).usingRecursiveComparison().isEqualTo(EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | 8080",
                "'' | PORT=1 | 1",
                "'' | BRR_PORT=2 | 2",
                "'' | BRR_PORT=2 PORT=1 | 2",
                "--port 3 | BRR_PORT=2 PORT=1 | 3",
                "'' | BRR_PORT= PORT=1 | 1",
                "'' | BRR_PORT=tcp://10.0.0.1:80 PORT=1 | 1",
                "'' | BRR_PORT=tcp://10.0.0.1:80 | 8080",
                "--port 0 | '' | 0",
            })
    void aFlagGoesBeforeAVariableAndAVariableBeforeTheDefault(String flags, String variables, int port) {
        // then
        assertThat(usable(("--spec a " + flags).strip(), variables).listen().port())
                .isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | --spec: name the OpenAPI document to serve",
                "--spec a --prot=1 | '' | --prot: is not known; did you mean --port?",
                "--spec a --colour=red | '' | --colour: is not known; the flags are --config, --spec, --response-validation",
                "--spec a --tls-key-file k | '' | --tls-key-file: TLS needs both",
                "--spec a | BRR_TLS_CERTIFICATE_FILE=c | BRR_TLS_CERTIFICATE_FILE: TLS needs both",
                "--spec a --max-connections 0 | '' | --max-connections: has to be a whole number from 1",
                "--spec a --idle-seconds 0 | '' | --idle-seconds: has to be a whole number from 1 to 86400",
                "--spec= | '' | --spec: has to be the name of a file",
                "--spec a --host= | '' | --host: has to be a text that is not empty",
                "--spec a | BRR_PROT=1 | BRR_PROT: is not known; did you mean BRR_PORT?",
                "--spec a --config /nowhere | '' | --config: the file /nowhere cannot be read (NoSuchFileException)",
                "--spec a | BRR_CONFIG=/nowhere | BRR_CONFIG: the file /nowhere cannot be read",
                "--spec a extra | '' | an argument: is not known",
                "--spec a --port | '' | --port: needs a value",
                "--spec a --port x | '' | --port: has to be a whole number from 0 to 65535, not x",
                "--spec a --port 65536 | '' | --port: has to be a whole number",
                "--spec a --port -1 | '' | --port: has to be a whole number",
                "--spec a --port 1 --port 2 | '' | --port: is given twice",
                "--spec | '' | --spec: needs a value",
                "--port 1 --spec | '' | --spec: needs a value",
                "--spec a --tls-reload-seconds 0 | '' | --tls-reload-seconds: has to be a whole number from 1 to 86400",
                "--spec a --tls-reload-seconds 5 | '' | --tls-reload-seconds: says nothing without listen.tls",
                "--spec a | BRR_TLS_RELOAD_SECONDS=x | BRR_TLS_RELOAD_SECONDS: has to be a whole number",
                "--spec a --tls-key-file k --tls-certificate-file | '' | --tls-certificate-file: needs a value",
                "--spec a --cors-credentials on | '' | --cors-credentials: says nothing without cors.origins",
                "--spec a --cors-credentials on --cors-origins , | '' | --cors-origins: credentials without an origin",
                "--spec a | BRR_PORT=x | BRR_PORT: has to be a whole number",
                "--spec a | PORT=x | PORT: has to be a whole number",
                "--spec a --tracing-endpoint collector:4318 | '' | --tracing-endpoint: has to be an http or https URL",
                "--spec a | OTEL_EXPORTER_OTLP_ENDPOINT=grpc://c | OTEL_EXPORTER_OTLP_ENDPOINT: has to be an http",
                "--spec a | BRR_MANAGEMENT_PORT=x | BRR_MANAGEMENT_PORT: has to be a whole number",
                "--spec a --management-port 8080 | '' | --management-port: is the same as the port, 8080",
                "--spec a --response-validation maybe | '' | --response-validation: has to be on or off, not maybe",
                "--spec a --max-body-bytes 1M | '' | --max-body-bytes: has to be a whole number",
                "--spec a --drain-seconds 9999 | '' | --drain-seconds: has to be a whole number from 0 to 3600",
                "--spec a --api-key= | '' | --api-key: is empty",
                "--spec a | BRR_API_KEY__Key= | BRR_API_KEY__Key: is empty",
                "--spec a | BRR_API_KEY__=x | BRR_API_KEY__: names no scheme",
                "--spec a | BRR_API_KEY_FILE__Key=/nowhere | BRR_API_KEY_FILE__Key: the file /nowhere cannot be read",
            })
    void aMistakeIsRefusedByItsName(String flags, String variables, String message) {
        // then
        assertThat(refused(flags, variables)).singleElement().asString().startsWith(message);
    }

    @Test
    void aSwitchMayStandAlone() {
        // then
        assertThat(usable("--reload --spec a", "").document().reload()).isTrue();
        assertThat(usable("--spec a --access-log", "").observability().accessLog())
                .isTrue();
        assertThat(usable("--spec a --access-log off", "").observability().accessLog())
                .isFalse();
    }

    @Test
    void theFilesOfTlsGoTogether() {
        // then
        assertThat(usable("--spec a --tls-certificate-file c --tls-key-file k --tls-reload-seconds 3", "")
                        .listen()
                        .tls())
                .contains(new TlsSettings(Path.of("c"), Path.of("k"), Duration.ofSeconds(3)));
    }

    @Test
    void theLimitsOfConnectionsAreRead() {
        // when
        RuntimeConfig config = usable(
                "--spec a --max-connections 1 --idle-seconds 2 --header-seconds 3 --min-bytes-per-second 4"
                        + " --send-seconds 5 --max-header-bytes 600 --max-headers 7 --request-seconds 8"
                        + " --max-event-streams 9 --temporary-folder /d --max-temporary-bytes 10 --compress-min-bytes 10 --shutdown-delay-seconds 11",
                "");

        // then
        assertThat(config.connections())
                .isEqualTo(new ConnectionSettings(
                        1, Duration.ofSeconds(2), Duration.ofSeconds(3), 4, Duration.ofSeconds(5)));
        assertThat(config.limits())
                .isEqualTo(new LimitSettings(
                        LimitSettings.DEFAULTS.maxBodyBytes(), 600, 7, Duration.ofSeconds(8), 9, Path.of("/d"), 10));
        assertThat(config.answers().compressMinBytes()).isEqualTo(10);
        assertThat(config.shutdown().delay()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        // then
        assertThat(refused("--port x --colour red --response-validation maybe", "BRR_MAX_BODY_BYTES=much"))
                .hasSize(6)
                .anyMatch(message -> message.startsWith("--port"))
                .anyMatch(message -> message.startsWith("--colour"))
                .anyMatch(message -> message.startsWith("--response-validation"))
                .anyMatch(message -> message.startsWith("BRR_MAX_BODY_BYTES"))
                .anyMatch(message -> message.startsWith("--spec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--spec a --help", "--nonsense --help"})
    void helpGoesBeforeEverything(String flags) {
        // then
        assertThat(RuntimeConfig.read(words(flags), Map.of())).isInstanceOf(ConfigOutcome.Help.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--api-key k | '' | {A=[k], B=[k]}",
                "--test-api-key k | '' | {A=[k], B=[k]}",
                "--api-key k --api-key l | '' | {A=[k, l], B=[k, l]}",
                "--api-key A=k | '' | {A=[k]}",
                "--api-key A=k --api-key A=l --api-key m | '' | {A=[k, l], B=[m]}",
                "--api-key A=k=l | '' | {A=[k=l]}",
                "--api-key aGk= | '' | {A=[aGk=], B=[aGk=]}",
                "--api-key aGkK== | '' | {A=[aGkK==], B=[aGkK==]}",
                "--api-key a/b=c | '' | {A=[a/b=c], B=[a/b=c]}",
                "'' | BRR_API_KEY=k | {A=[k], B=[k]}",
                "'' | BRR_API_KEY__A=k | {A=[k]}",
                "'' | BRR_API_KEY=k BRR_API_KEY__A=l | {A=[l], B=[k]}",
                "--api-key k | BRR_API_KEY=l | {A=[k], B=[k]}",
                "--api-key A=k | BRR_API_KEY__A=l BRR_API_KEY__B=m | {A=[k], B=[m]}",
                "'' | '' | {}",
            })
    void keysAreForOneSchemeOrForAll(String flags, String variables, String resolved) {
        // when
        RuntimeConfig config = usable(("--spec a " + flags).strip(), variables);

        // then
        assertThat(config.security().apiKeys().resolve(Set.of("A", "B")).toString())
                .isEqualTo(resolved);
    }

    @Test
    void aKeyMayComeFromAFile() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("key"), "from-a-file\n");

        // when
        RuntimeConfig config = usable("--spec a", "BRR_API_KEY_FILE__A=" + file);

        // then
        assertThat(config.security().apiKeys().resolve(Set.of("A"))).isEqualTo(Map.of("A", List.of("from-a-file")));
    }

    @Test
    void anEmptyFileHoldsNoKey() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("key"), "\n");

        // then
        assertThat(refused("--spec a", "BRR_API_KEY_FILE__A=" + file)).containsExactly("BRR_API_KEY_FILE__A: is empty");
    }

    @Test
    void keysOfSchemesThatTheDocumentDoesNotHaveAreNamedByTheirSource() {
        // when
        RuntimeConfig config = usable("--spec a --api-key C=secret", "BRR_API_KEY__D=secret BRR_API_KEY__A=k");

        // then
        assertThat(config.security().apiKeys().unknown(Set.of("A", "B")))
                .containsExactly("--api-key", "BRR_API_KEY__D");
    }

    @Test
    void noKeyIsEverInAText() {
        // when
        RuntimeConfig config =
                usable("--spec a --api-key hush-1 --api-key A=hush-2", "BRR_API_KEY__B=hush-3 BRR_API_KEY=hush-4");

        // then
        assertThat(config.toString()).doesNotContain("hush");
        assertThat(refused("--api-key hush-1 --api-key A=hush-2 --port x", "BRR_API_KEY__B=hush-3")
                        .toString())
                .doesNotContain("hush");
    }
}
