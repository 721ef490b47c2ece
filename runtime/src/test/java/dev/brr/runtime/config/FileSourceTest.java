package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    @TempDir
    private Path folder;

    private ConfigOutcome read(String file, String flags, Map<String, String> environment) throws IOException {
        Path path = Files.writeString(folder.resolve("brr.yaml"), file);
        List<String> arguments = new ArrayList<>(List.of("--config", path.toString()));
        if (!flags.isEmpty()) {
            arguments.addAll(Arrays.asList(flags.split(" ")));
        }
        return RuntimeConfig.read(arguments, environment);
    }

    private RuntimeConfig usable(String file, String flags, Map<String, String> environment) throws IOException {
        ConfigOutcome outcome = read(file, flags, environment);
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        return ((ConfigOutcome.Usable) outcome).config();
    }

    private List<String> refused(String file) throws IOException {
        ConfigOutcome outcome = read(file, "", Map.of());
        assertThat(outcome).isInstanceOf(ConfigOutcome.Refused.class);
        return ((ConfigOutcome.Refused) outcome)
                .messages().stream()
                        .map(message -> message.replace(folder + "/", ""))
                        .toList();
    }

    @Test
    void aFileSaysWhatFlagsWouldSay() throws IOException {
        // when
        RuntimeConfig config = usable("""
                document: {spec: a.yaml, responseValidation: off}
                listen:
                  host: 127.0.0.1   # here alone
                  port: 1
                  managementPort: "2"
                limits: {maxBodyBytes: 3}
                shutdown: {drainSeconds: 4}
                """, "", Map.of());

        // then
        ConfigOutcome same = RuntimeConfig.read(
                List.of(
                        "--spec=a.yaml",
                        "--response-validation=off",
                        "--host=127.0.0.1",
                        "--port=1",
                        "--management-port=2",
                        "--max-body-bytes=3",
                        "--drain-seconds=4"),
                Map.of());
        assertThat(new ConfigOutcome.Usable(config)).usingRecursiveComparison().isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"'','',1", "'',2,2", "--port=3,2,3", "--port=3,'',3", "--port=0,'',0"})
    void aFileGoesBeforeTheDefaultAndBehindTheRest(String flags, String variable, int port) throws IOException {
        // given
        Map<String, String> environment = new HashMap<>();
        if (!variable.isEmpty()) {
            environment.put("BRR_PORT", variable);
        }

        // when
        RuntimeConfig config = usable("{document: {spec: a.yaml}, listen: {port: 1}}", flags, environment);

        // then
        assertThat(config.listen().port()).isEqualTo(port);
    }

    @Test
    void theVariableNamesTheFileToo() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("x.yaml"), "document: {spec: b.yaml}");

        // when
        ConfigOutcome outcome = RuntimeConfig.read(List.of(), Map.of("BRR_CONFIG", file.toString()));

        // then
        assertThat(((ConfigOutcome.Usable) outcome).config().document().spec()).isEqualTo(Path.of("b.yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen: {prot: 1} | brr.yaml:2: listen.prot is not known; did you mean listen.port?",
                "lisen: {port: 1} | brr.yaml:2: lisen.port is not known; did you mean listen.port?",
                "listen: {colour: red} | brr.yaml:2: listen.colour is not known; there are listen.host, listen.port",
                "colour: red | brr.yaml:2: colour is not known",
                "listen: {port: x} | brr.yaml:2: listen.port: has to be a whole number from 0 to 65535, not x",
                "listen: {port: [1, 2]} | brr.yaml:2: listen.port: has to be one value, not a list",
                "listen: {port: [{a: 1}]} | brr.yaml:2: an item of listen.port has to be a plain value",
                "listen: {port: } | brr.yaml:2: listen.port is empty",
                "listen: {port: 1, port: 2} | brr.yaml:2: listen.port is given twice",
                "listen: | brr.yaml:2: listen is empty",
                "listen: 8080 | brr.yaml:2: listen is not known",
                "{[1]: 2}: 3 | brr.yaml:2: a key has to be a plain word",
                "listen: {port: 1 | brr.yaml:3: is not YAML: expected ',' or '}'",
                "security: {apiKeys: {A: hush}} | brr.yaml:2: security.apiKeys.A is not known",
                "listen: {managementPort: 8080} | brr.yaml:2: listen.managementPort: is the same as the port, 8080",
            })
    void aMistakeIsNamedWithFileAndLine(String line, String message) throws IOException {
        // then
        assertThat(refused("document: {spec: a.yaml}\n" + line + "\n"))
                .anySatisfy(given -> assertThat(given).startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b", "just words", "12"})
    void aFileThatIsNoMapIsRefused(String text) throws IOException {
        // then
        assertThat(refused(text)).first().asString().isEqualTo("brr.yaml:1: has to be a map of settings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "null"})
    void aFileThatSaysNothingIsNoMistake(String text) throws IOException {
        // then
        assertThat(usable(text, "--spec=a", Map.of()).listen()).isEqualTo(ListenSettings.DEFAULTS);
    }

    @Test
    void everyMistakeOfEverySourceIsNamedAtOnceWithItsPlace() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("brr.yaml"), """
                listen:
                  prot: 1
                  managementPort: x
                limits:
                  maxBodyBytes: -1
                """);

        // when
        ConfigOutcome outcome =
                RuntimeConfig.read(List.of("--config", file.toString(), "--port=y"), Map.of("BRR_DRAIN_SECONDS", "z"));

        // then
        assertThat(((ConfigOutcome.Refused) outcome).messages())
                .map(message -> message.replace(folder + "/", "").replaceAll(",? (has|not|is|name).*", ""))
                .containsExactlyInAnyOrder(
                        "brr.yaml:2: listen.prot",
                        "brr.yaml:3: listen.managementPort:",
                        "brr.yaml:5: limits.maxBodyBytes:",
                        "--port:",
                        "BRR_DRAIN_SECONDS:",
                        "--spec:");
    }

    @Test
    void aValueThatAnotherSourceOverridesIsNotJudged() throws IOException {
        // then
        assertThat(usable("{document: {spec: a}, listen: {port: x}}", "--port=3", Map.of())
                        .listen()
                        .port())
                .isEqualTo(3);
    }

    @Test
    void aKeyComesFromAFileThatTheFileNames() throws IOException {
        // given
        Path key = Files.writeString(folder.resolve("key"), "hush\n");

        // when
        RuntimeConfig config = usable("{document: {spec: a}, security: {apiKeyFiles: {A: " + key + "}}}", "", Map.of());

        // then
        assertThat(config.security().apiKeys().resolve(Set.of("A"))).isEqualTo(Map.of("A", List.of("hush")));
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedWithItsPlace(@ForAll String text) {
        // given
        List<String> mistakes = new ArrayList<>();

        // when
        FileSource.of("f", text, SettingCatalog.ALL, mistakes::add);

        // then
        assertThat(mistakes).allMatch(mistake -> mistake.startsWith("f:"));
    }
}
