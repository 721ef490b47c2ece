package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said scheme by scheme: which source counts, and what becomes of files that cannot be read. */
class SchemeSettingsTest {
    private static final String NEEDED = "--jwt-issuer=T=i --jwt-audience=T=a";

    @TempDir
    private Path folder;

    private ConfigOutcome read(String flags, Map<String, String> environment, String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("brr.yaml"), yaml);
        List<String> arguments = Stream.of(("--spec=a --config=" + file + " " + flags).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
        return RuntimeConfig.read(arguments, environment);
    }

    private SecuritySettings usable(String flags, Map<String, String> environment, String yaml) throws IOException {
        ConfigOutcome outcome = read(flags, environment, yaml);
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        return ((ConfigOutcome.Usable) outcome).config().security();
    }

    private List<String> refused(String flags, Map<String, String> environment, String yaml) throws IOException {
        ConfigOutcome outcome = read(flags, environment, yaml);
        assertThat(outcome).isInstanceOf(ConfigOutcome.Refused.class);
        return ((ConfigOutcome.Refused) outcome).messages();
    }

    private static JwtSettings only(SecuritySettings settings) {
        assertThat(settings.jwt()).containsOnlyKeys("T");
        return settings.jwt().values().iterator().next();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 6, 7, 5",
        "'', 6, 7, 6",
        "'', '', 7, 7",
        "'', '', '', 30",
        "0, 6, 7, 0",
    })
    void theLeewayComesFromFlagVariableFileOrDefault(String flag, String variable, String inFile, long seconds)
            throws IOException {
        // given
        String flags = NEEDED + (flag.isEmpty() ? "" : " --jwt-leeway-seconds=T=" + flag);
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of("BRR_JWT_LEEWAY_SECONDS__T", variable);
        String yaml = inFile.isEmpty() ? "" : "security.jwt.T.leewaySeconds: " + inFile;

        // then
        assertThat(only(usable(flags, environment, yaml)).policy().leeway()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "600,true", "601,false", "-1,false", "x,false", "'',false"})
    void theLeewayHasBounds(String seconds, boolean usable) throws IOException {
        // when
        ConfigOutcome outcome = read(NEEDED + " --jwt-leeway-seconds=T=" + seconds, Map.of(), "");

        // then
        assertThat(outcome instanceof ConfigOutcome.Usable).isEqualTo(usable);
    }

    @ParameterizedTest
    @CsvSource({"9,false", "10,true", "86400,true", "86401,false"})
    void theTimeThatKeysServeHasBounds(String seconds, boolean usable) throws IOException {
        // when
        ConfigOutcome outcome = read(NEEDED + " --jwt-jwks-cache-seconds=T=" + seconds, Map.of(), "");

        // then
        assertThat(outcome instanceof ConfigOutcome.Usable).isEqualTo(usable);
    }

    @Test
    void partsOfOneSchemeMayComeFromThreeSources() throws IOException {
        // when
        JwtSettings jwt = only(
                usable("--jwt-issuer=T=i", Map.of("BRR_JWT_AUDIENCE__T", "a, b"), "security.jwt.T.jwks: keys.json"));

        // then
        assertThat(jwt.policy().issuer()).isEqualTo("i");
        assertThat(jwt.policy().audiences()).isEqualTo(Set.of("a", "b"));
        assertThat(jwt.keys()).map(Object::toString).contains("keys.json");
        assertThat(jwt.source()).endsWith(":1: security.jwt.T.jwks");
    }

    @Test
    void schemesAreIndependent() throws IOException {
        // when
        SecuritySettings settings =
                usable(NEEDED + " --jwt-issuer=U=j --jwt-audience=U=b --jwt-algorithms=U=ES256,ES384", Map.of(), "");

        // then
        assertThat(settings.jwt()).containsOnlyKeys("T", "U");
        assertThat(settings.jwt().values())
                .extracting(jwt -> jwt.policy().algorithms().size())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void issuerAndAudienceThatLackAreBothNamed() throws IOException {
        // then
        assertThat(refused("--jwt-jwks=T=keys.json", Map.of(), ""))
                .containsExactly(
                        "--jwt-jwks: the tokens of T need an issuer; set BRR_JWT_ISSUER__T",
                        "--jwt-jwks: the tokens of T need an audience, or those for other services would be taken here;"
                                + " set BRR_JWT_AUDIENCE__T");
    }

    @ParameterizedTest
    @CsvSource({
        "HS256, signs with the key that verifies",
        "hs512, signs with the key that verifies",
        "none, is no signature",
        "NONE, is no signature",
        "rs256, is not known",
        "EdDSA, is not known",
    })
    void anAlgorithmThatProvesNothingIsRefusedEvenBesideOneThatDoes(String algorithm, String why) throws IOException {
        // then
        assertThat(refused(NEEDED + " --jwt-algorithms=T=RS256," + algorithm, Map.of(), ""))
                .singleElement()
                .asString()
                .startsWith("--jwt-algorithms: ")
                .contains(why)
                .endsWith("the algorithms are RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--api-key-file", "--basic-users-file"})
    void aFolderOrAFileThatIsNoTextIsNamedByItsFlag(String flag) throws IOException {
        // given
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        // then
        assertThat(refused(flag + "=A=" + binary, Map.of(), ""))
                .containsExactly(flag + ": the file " + binary + " cannot be read (MalformedInputException)");
        assertThat(refused(flag + "=A=" + folder, Map.of(), ""))
                .singleElement()
                .asString()
                .startsWith(flag + ": the file " + folder + " cannot be read (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--api-key-file=x", "--basic-users-file=x", "--jwt-issuer=x", "--jwt-issuer==x"})
    void aFlagThatNamesNoSchemeIsRefused(String flag) throws IOException {
        // then
        assertThat(refused(flag, Map.of(), ""))
                .containsExactly(flag.substring(0, flag.indexOf('=')) + ": names no scheme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush", "hush\n", " hush \r\n", "\n\thush"})
    void theSpaceAroundAKeyInAFileIsNoPartOfIt(String text) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("key"), text);

        // then
        assertThat(usable("--api-key-file=A=" + file, Map.of(), "").apiKeys().resolve(Set.of("A")))
                .isEqualTo(Map.of("A", List.of("hush")));
    }

    @Test
    void aKeyOfAVariableAndOneOfAFileBothOpenTheScheme() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("key"), "of-file");

        // when
        ApiKeySettings keys = usable("--api-key-file=A=" + file, Map.of("BRR_API_KEY__A", "of-variable"), "")
                .apiKeys();

        // then
        assertThat(keys.resolve(Set.of("A"))).isEqualTo(Map.of("A", List.of("of-variable", "of-file")));
        assertThat(keys.toString()).doesNotContain("of-");
    }

    @Test
    void secretsMayNotStandInTheFileOfSettings() throws IOException {
        // then
        for (String line : List.of("security.apiKey: hush", "security.basicUsers.A: 'a:hush'", "apiKey: hush")) {
            assertThat(refused("", Map.of(), line))
                    .singleElement()
                    .asString()
                    .contains("is not known")
                    .doesNotContain("hush");
        }
    }

    @Test
    void everyLineOfUsersThatIsNoneIsNamedWithoutItsText() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("users"), "# users\nann:fine\n:hush\nhush\n\nbob:\n");

        // then
        assertThat(refused("--basic-users-file=A=" + file, Map.of(), ""))
                .containsExactly(
                        "--basic-users-file: line 3 names no user",
                        "--basic-users-file: line 4 is not of the form user:password",
                        "--basic-users-file: line 6 has no password");
    }
}
