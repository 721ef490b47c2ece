package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every setting to the same order of its sources: flag, variable, file, default. */
class SettingPrecedenceTest {
    private static final String TLS = "--tls-certificate-file=c --tls-key-file=k";
    private static final String CORS = "--cors-origins=https://a.example";

    @TempDir
    private Path folder;

    /**
     * A setting with three values that are not its default.
     *
     * @param others flags that it needs beside it, without itself among them
     */
    record Row(String flag, String first, String second, String third, String others) {
        @Override
        public String toString() {
            return flag;
        }

        SettingKey<?> key() {
            return SettingCatalog.ALL.stream()
                    .filter(key -> key.flags().contains(flag))
                    .findFirst()
                    .orElseThrow();
        }

        String variable() {
            return key().variables().getFirst();
        }

        List<String> companions() {
            return Stream.of(others.split(" "))
                    .filter(other -> !other.isEmpty() && !other.startsWith(flag + "="))
                    .toList();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("--spec", "a.yaml", "b.yaml", "c.yaml", ""),
                new Row("--host", "127.0.0.1", "::1", "localhost", "--spec=a"),
                new Row("--port", "1", "2", "3", "--spec=a"),
                new Row("--management-port", "1", "2", "3", "--spec=a"),
                new Row("--tls-certificate-file", "x", "y", "z", "--spec=a " + TLS),
                new Row("--tls-key-file", "x", "y", "z", "--spec=a " + TLS),
                new Row("--tls-reload-seconds", "1", "2", "3", "--spec=a " + TLS),
                new Row("--max-connections", "1", "2", "3", "--spec=a"),
                new Row("--response-sample-percent", "1", "2", "3", "--spec=a"),
                new Row("--idle-seconds", "1", "2", "3", "--spec=a"),
                new Row("--header-seconds", "1", "2", "3", "--spec=a"),
                new Row("--min-bytes-per-second", "0", "2", "3", "--spec=a"),
                new Row("--send-seconds", "1", "2", "3", "--spec=a"),
                new Row("--max-body-bytes", "0", "2", "3", "--spec=a"),
                new Row("--max-header-bytes", "256", "257", "258", "--spec=a"),
                new Row("--max-headers", "1", "2", "3", "--spec=a"),
                new Row("--request-seconds", "0", "2", "3", "--spec=a"),
                new Row("--max-event-streams", "0", "2", "3", "--spec=a"),
                new Row("--temporary-folder", "/x", "/y", "/z", "--spec=a"),
                new Row("--max-temporary-bytes", "0", "2", "3", "--spec=a"),
                new Row("--tracing-endpoint", "http://a:4318", "https://b", "http://c/otlp", "--spec=a"),
                new Row("--tracing-service-name", "x", "y", "z", "--spec=a --tracing-endpoint=http://a:4318"),
                new Row(
                        "--tracing-resource-attributes",
                        "a=1,b=2",
                        "a=2",
                        "a=3",
                        "--spec=a --tracing-endpoint=http://a:4318"),
                new Row("--tracing-sample-percent", "0", "2", "3", "--spec=a --tracing-endpoint=http://a:4318"),
                new Row("--cors-origins", "https://b.example", "https://c.example", "'*'", "--spec=a " + CORS),
                new Row("--cors-headers", "x-a", "x-b", "x-c", "--spec=a " + CORS),
                new Row("--cors-expose-headers", "x-a", "x-b", "x-c", "--spec=a " + CORS),
                new Row("--cors-max-age-seconds", "0", "2", "3", "--spec=a " + CORS),
                new Row("--rate-limit", "1/2", "2/2/3", "3/3", "--spec=a"),
                new Row("--rate-limit-clients", "1024", "1025", "1026", "--spec=a"),
                new Row("--trusted-proxies", "10.0.0.0/8", "10.0.0.1", "192.168.0.0/16", "--spec=a"),
                new Row("--compress-min-bytes", "0", "2", "3", "--spec=a"),
                new Row("--access-log-queue", "1", "2", "3", "--spec=a"),
                new Row("--shutdown-delay-seconds", "1", "2", "3", "--spec=a"),
                new Row("--drain-seconds", "0", "2", "3", "--spec=a"),
                new Row("--memory-limit", "1", "2", "3", "--spec=a"),
                new Row("--guard-pressure-percent", "80", "81", "82", "--spec=a"),
                new Row("--guard-calm-percent", "1", "2", "3", "--spec=a"),
                new Row("--guard-purge-seconds", "1", "2", "3", "--spec=a"),
                new Row("--guard-sustained-seconds", "0", "2", "3", "--spec=a"),
                new Row("--guard-calm-seconds", "0", "2", "3", "--spec=a"),
                new Row("--guard-decay-millis", "0", "2", "3", "--spec=a"),
                new Row("--blackbox-directory", "x", "y", "z", "--spec=a"),
                new Row("--blackbox-first-percent", "81", "82", "83", "--spec=a"),
                new Row("--blackbox-second-percent", "91", "92", "93", "--spec=a"),
                new Row("--blackbox-sampling-percent", "0", "2", "3", "--spec=a"),
                new Row("--blackbox-growth-percent", "1", "2", "3", "--spec=a"),
                new Row("--blackbox-interval-seconds", "1", "2", "3", "--spec=a"),
                new Row("--blackbox-entries", "1", "2", "3", "--spec=a"),
                new Row("--blackbox-bytes", "1048576", "1048577", "1048578", "--spec=a"),
                new Row("--debug-token-file", "x", "y", "z", "--spec=a"));
    }

    /** Switches have two values: the other source says what the default is. */
    static Stream<Row> switches() {
        return Stream.of(
                new Row("--response-validation", "off", "on", "on", "--spec=a"),
                new Row("--format-assertion", "off", "on", "on", "--spec=a"),
                new Row("--reload", "on", "off", "off", "--spec=a"),
                new Row("--cors-credentials", "on", "off", "off", "--spec=a " + CORS),
                new Row("--access-log", "on", "off", "off", "--spec=a"),
                new Row("--memory-by-operation", "off", "on", "on", "--spec=a"),
                new Row("--tracing-compression", "gzip", "none", "none", "--spec=a --tracing-endpoint=http://a:4318"),
                new Row("--guard", "off", "on", "on", "--spec=a"));
    }

    static Stream<Row> withDefaults() {
        return Stream.concat(rows(), switches())
                .filter(row -> row.key().defaultText().isPresent());
    }

    /** Reads with what each source says of the setting; an empty text is nothing said. */
    private RuntimeConfig read(Row row, String flag, String variable, String inFile) throws IOException {
        List<String> arguments = new ArrayList<>(row.companions());
        if (!flag.isEmpty()) {
            arguments.add(row.flag() + "=" + plain(flag));
        }
        if (!inFile.isEmpty()) {
            Path file = Files.writeString(folder.resolve("brr.yaml"), row.key().name() + ": " + quoted(inFile));
            arguments.add("--config=" + file);
        }
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of(row.variable(), plain(variable));
        ConfigOutcome outcome = RuntimeConfig.read(arguments, environment);
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        // Keys are compared by identity, and none of these settings is about them.
        return ((ConfigOutcome.Usable) outcome)
                .config()
                .withSecurity(security -> security.withApiKeys(ApiKeySettings.NONE));
    }

    private static String plain(String value) {
        return value.replace("'", "");
    }

    private static String quoted(String value) {
        return "'" + plain(value) + "'";
    }

    @ParameterizedTest
    @MethodSource({"rows", "switches"})
    void aFlagAVariableAndAFileMeanTheSame(Row row) throws IOException {
        // when
        RuntimeConfig byFlag = read(row, row.first(), "", "");

        // then
        assertThat(read(row, "", row.first(), "")).isEqualTo(byFlag);
        assertThat(read(row, "", "", row.first())).isEqualTo(byFlag);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void differentValuesMakeDifferentConfigurations(Row row) throws IOException {
        // when
        Set<RuntimeConfig> configs = new HashSet<>();
        configs.add(read(row, row.first(), "", ""));
        configs.add(read(row, row.second(), "", ""));
        configs.add(read(row, row.third(), "", ""));

        // then
        assertThat(configs).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource({"rows", "switches"})
    void aFlagGoesBeforeAVariableAndAFile(Row row) throws IOException {
        // when
        RuntimeConfig all = read(row, row.first(), row.second(), row.third());

        // then
        assertThat(all).isEqualTo(read(row, row.first(), "", ""));
        assertThat(all).isNotEqualTo(read(row, "", row.second(), ""));
    }

    @ParameterizedTest
    @MethodSource({"rows", "switches"})
    void aVariableGoesBeforeAFile(Row row) throws IOException {
        // when
        RuntimeConfig both = read(row, "", row.first(), row.second());

        // then
        assertThat(both).isEqualTo(read(row, "", row.first(), ""));
        assertThat(both).isNotEqualTo(read(row, "", "", row.second()));
    }

    @ParameterizedTest
    @MethodSource({"rows", "switches"})
    void anEmptyVariableLeavesItToTheFile(Row row) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("brr.yaml"), row.key().name() + ": " + quoted(row.first()));
        List<String> arguments = new ArrayList<>(row.companions());
        arguments.add("--config=" + file);

        // when
        ConfigOutcome outcome = RuntimeConfig.read(arguments, Map.of(row.variable(), ""));

        // then
        assertThat(((ConfigOutcome.Usable) outcome)
                        .config()
                        .withSecurity(security -> security.withApiKeys(ApiKeySettings.NONE)))
                .isEqualTo(read(row, row.first(), "", ""));
    }

    @ParameterizedTest
    @MethodSource("withDefaults")
    void aDefaultIsWhatOneGetsWhoSaysIt(Row row) throws IOException {
        // given
        String text = row.key().defaultText().orElseThrow();

        // then
        assertThat(read(row, text, "", "")).isEqualTo(read(row, "", "", ""));
        assertThat(read(row, row.first(), "", "")).isNotEqualTo(read(row, "", "", ""));
    }

    @ParameterizedTest
    @MethodSource({"rows", "switches"})
    void aFlagIsNotGivenTwiceUnlessItIsAList(Row row) {
        // given
        List<String> arguments = new ArrayList<>(row.companions());
        arguments.add(row.flag() + "=" + plain(row.first()));
        arguments.add(row.flag() + "=" + plain(row.first()));

        // when
        ConfigOutcome outcome = RuntimeConfig.read(arguments, Map.of());

        // then
        if (row.key().many() == SettingKey.Many.ONE) {
            assertThat(outcome).isEqualTo(new ConfigOutcome.Refused(List.of(row.flag() + ": is given twice")));
        } else {
            assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        }
    }

    @Test
    void everySettingThatHasAllThreePlacesIsHeldToTheOrder() {
        // given
        Set<String> held = new HashSet<>();
        Stream.concat(rows(), switches()).forEach(row -> held.add(row.flag()));

        // then
        assertThat(SettingCatalog.ALL.stream()
                        .filter(key -> !key.isFamily()
                                && !key.name().isEmpty()
                                && !key.flags().isEmpty())
                        .map(key -> key.flags().getFirst()))
                .containsExactlyInAnyOrderElementsOf(held);
    }
}
