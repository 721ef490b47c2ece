package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.ratelimit.Subnet;
import dev.brr.runtime.security.JwtPolicy;
import dev.brr.runtime.security.KeyOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How credentials, origins and limits are configured. */
class SecurityKeysTest {
    @TempDir
    private Path folder;

    private static Map<String, String> environment(String line) {
        Map<String, String> variables = new HashMap<>();
        for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
            variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return variables;
    }

    private static ConfigOutcome read(String flags, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("--spec", "a.yaml"));
        if (!flags.isEmpty()) {
            arguments.addAll(Arrays.asList(flags.split(" ")));
        }
        return RuntimeConfig.read(arguments, environment);
    }

    private static SecuritySettings usable(String flags, Map<String, String> environment) {
        ConfigOutcome outcome = read(flags, environment);
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        return ((ConfigOutcome.Usable) outcome).config().security();
    }

    private static SecuritySettings usable(String flags, String environment) {
        return usable(flags, environment(environment));
    }

    private static List<String> refused(String flags, String environment) {
        ConfigOutcome outcome = read(flags, environment(environment));
        assertThat(outcome).isInstanceOf(ConfigOutcome.Refused.class);
        return ((ConfigOutcome.Refused) outcome).messages();
    }

    private SecuritySettings fromFile(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("brr.yaml"), yaml);
        return usable("--config " + file, "");
    }

    /** The tokens of the only scheme that has some. */
    private static JwtSettings jwt(SecuritySettings settings) {
        assertThat(settings.jwt()).hasSize(1);
        return settings.jwt().values().iterator().next();
    }

    @Test
    void nothingIsOpenedUnlessSomethingIsSaid() {
        // when
        SecuritySettings settings = usable("", "");

        // then
        assertThat(settings.basicUsers()).isEmpty();
        assertThat(settings.jwt()).isEmpty();
        assertThat(settings.callers()).isEqualTo(CallerSettings.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jwt-jwks T=https://id/keys --jwt-issuer T=https://id/ --jwt-audience T=pets | ''",
                "'' | BRR_JWT_JWKS__T=https://id/keys BRR_JWT_ISSUER__T=https://id/ BRR_JWT_AUDIENCE__T=pets",
                "--jwt-audience T=pets | BRR_JWT_JWKS__T=https://id/keys BRR_JWT_ISSUER__T=https://id/"
                        + " BRR_JWT_AUDIENCE__T=cats",
            })
    void tokensHaveKeysIssuerAndAudience(String flags, String environment) {
        // when
        JwtSettings jwt = jwt(usable(flags, environment));

        // then
        assertThat(jwt.keys().map(KeyOrigin::toString)).contains("https://id/keys");
        assertThat(jwt.policy())
                .isEqualTo(JwtPolicy.of("https://id/", List.of("pets"), List.of("RS256"), Duration.ofSeconds(30)));
        assertThat(jwt.keysFreshFor()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aFileMaySayAllOfTokens() throws IOException {
        // when
        JwtSettings jwt = jwt(fromFile("""
                        security:
                          jwt:
                            Bearer.v1:
                              jwks: /etc/keys.json
                              issuer: https://id/
                              audience: [pets, dogs]
                              algorithms: [ES256, PS512]
                              leewaySeconds: 5
                              jwksCacheSeconds: 60
                        """));

        // then
        assertThat(jwt.keys()).contains(new KeyOrigin.OfFile(Path.of("/etc/keys.json")));
        assertThat(jwt.policy())
                .isEqualTo(JwtPolicy.of(
                        "https://id/", List.of("dogs", "pets"), List.of("PS512", "ES256"), Duration.ofSeconds(5)));
        assertThat(jwt.keysFreshFor()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void severalAudiencesAndAlgorithmsAreSeparatedByCommas() {
        // when
        JwtSettings jwt =
                jwt(usable("", "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=pets,dogs BRR_JWT_ALGORITHMS__T=RS256,ES256"));

        // then
        assertThat(jwt.policy())
                .isEqualTo(
                        JwtPolicy.of("i", List.of("dogs", "pets"), List.of("ES256", "RS256"), Duration.ofSeconds(30)));
        assertThat(jwt.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BRR_JWT_JWKS__T=keys.json BRR_JWT_AUDIENCE__T=a | BRR_JWT_JWKS__T: the tokens of T need an issuer",
                "BRR_JWT_JWKS__T=keys.json BRR_JWT_ISSUER__T=a | BRR_JWT_JWKS__T: the tokens of T need an audience",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_ALGORITHMS__T=none | BRR_JWT_ALGORITHMS__T: none is no",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_ALGORITHMS__T=HS256 | BRR_JWT_ALGORITHMS__T: HS256 signs",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_JWKS__T=ftp://a | BRR_JWT_JWKS__T: has to be an http",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_JWKS__T=https://u:p@a/ | BRR_JWT_JWKS__T: has to be an",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_LEEWAY_SECONDS__T=601 | BRR_JWT_LEEWAY_SECONDS__T: has",
                "BRR_JWT_ISSUER__T=i BRR_JWT_AUDIENCE__T=a BRR_JWT_JWKS_CACHE_SECONDS__T=1 | BRR_JWT_JWKS_CACHE_SECONDS__T",
                "BRR_BASIC_USERS__T=ann | BRR_BASIC_USERS__T: line 1 is not of the form user:password",
                "BRR_BASIC_USERS_FILE__T=none | BRR_BASIC_USERS_FILE__T: the file none cannot be read",
                "BRR_CREDENTIAL__T= | BRR_CREDENTIAL__T: is empty",
                "BRR_CORS_ORIGINS=a.example | BRR_CORS_ORIGINS: a.example is not an origin",
                "BRR_CORS_ORIGINS=* BRR_CORS_CREDENTIALS=on | BRR_CORS_ORIGINS: credentials with the origin *",
                "BRR_CORS_HEADERS=x-a | BRR_CORS_HEADERS: says nothing without cors.origins",
                "BRR_CORS_CREDENTIALS=on | BRR_CORS_CREDENTIALS: says nothing without cors.origins",
                "BRR_CORS_ORIGINS=https://a BRR_CORS_MAX_AGE_SECONDS=86401 | BRR_CORS_MAX_AGE_SECONDS: has to be",
                "BRR_RATE_LIMIT=many | BRR_RATE_LIMIT: has to be requests/seconds",
                "BRR_RATE_LIMIT_CLIENTS=1 | BRR_RATE_LIMIT_CLIENTS: has to be a whole number from 1024",
                "BRR_TRUSTED_PROXIES=10.0.0.0/8,proxy | BRR_TRUSTED_PROXIES: has to be an address",
                "BRR_JWT_ISUER__T=i | BRR_JWT_ISUER__T: is not known; did you mean BRR_JWT_ISSUER__<scheme>?",
            })
    void eachMistakeNamesItsPlace(String environment, String message) {
        // then
        assertThat(refused("", environment)).hasSize(1).allMatch(line -> line.startsWith(message));
    }

    @Test
    void usersComeFromAFileOrAVariable() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("users"), "ann:secret\n");
        Map<String, String> environment = Map.of("BRR_BASIC_USERS__B", "bob:hidden\ncid:x");

        // when
        SecuritySettings settings = usable("--basic-users-file A=" + file, environment);

        // then
        assertThat(settings.basicUsers().keySet()).isEqualTo(Set.of("A", "B"));
        assertThat(Objects.requireNonNull(settings.basicUsers().get("B")).users())
                .hasToString("BasicUsers[2]");
        assertThat(settings.toString()).doesNotContain("secret").doesNotContain("hidden");
    }

    @Test
    void aCredentialIsKeptAsItIsAndNotShown() {
        // when
        SecuritySettings settings = usable("", Map.of("BRR_CREDENTIAL__A", "ann:secret\nbob:a=b,c"));

        // then
        assertThat(settings.credentials())
                .containsOnly(Map.entry("A", new CredentialSettings("BRR_CREDENTIAL__A", "ann:secret\nbob:a=b,c")));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void usersOfOneSchemeComeFromOnePlace() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("users"), "ann:secret\n");

        // then
        assertThat(refused("--basic-users-file A=" + file, "BRR_BASIC_USERS__A=bob:hidden"))
                .containsExactly("BRR_BASIC_USERS__A: gives users to A, which has some by --basic-users-file");
    }

    @Test
    void aMistakeInUsersShowsNoPassword() {
        // then
        assertThat(refused("", "BRR_BASIC_USERS__A=secret").toString()).doesNotContain("secret");
    }

    @Test
    void callersAreConfiguredByFlags() {
        // when
        CallerSettings callers = usable(
                        "--cors-origins https://a.example,https://b.example --cors-headers X-A --cors-expose-headers"
                                + " ETag,Link --cors-credentials on --cors-max-age-seconds 5 --rate-limit 10/60/3"
                                + " --rate-limit-clients 2048 --trusted-proxies 10.0.0.0/8,::1",
                        "")
                .callers();

        // then
        assertThat(callers)
                .isEqualTo(new CallerSettings(
                        Optional.of(new CorsPolicy(
                                Set.of("https://a.example", "https://b.example"),
                                Set.of("x-a"),
                                List.of("ETag", "Link"),
                                true,
                                5)),
                        Optional.of(new RateLimit(10, 60, 3)),
                        2048,
                        List.of(
                                Subnet.parse("10.0.0.0/8").orElseThrow(),
                                Subnet.parse("::1").orElseThrow())));
    }

    @Test
    void callersAreConfiguredByAFile() throws IOException {
        // when
        CallerSettings callers = fromFile("""
                        cors:
                          origins: ['*']
                          maxAgeSeconds: 0
                        rate:
                          limit: 100/60
                          trustedProxies: [10.0.0.0/8]
                        """).callers();

        // then
        assertThat(callers.cors()).contains(new CorsPolicy(Set.of("*"), Set.of(), List.of(), false, 0));
        assertThat(callers.rateLimit()).contains(new RateLimit(100, 60, 100));
        assertThat(callers.trustedProxies()).hasSize(1);
    }
}
