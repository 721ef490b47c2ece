package dev.brr.runtime.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPolicyTest {
    private static final CorsPolicy SOME =
            new CorsPolicy(Set.of("https://a.example"), Set.of("X-Extra"), List.of("ETag", "Link"), false, 60);
    private static final CorsPolicy WITH_CREDENTIALS =
            new CorsPolicy(Set.of("https://a.example"), Set.of("*"), List.of(), true, 60);
    private static final CorsPolicy ALL = new CorsPolicy(Set.of("*"), Set.of(), List.of(), false, 0);

    private static CorsPolicy policy(String name) {
        return switch (name) {
            case "some" -> SOME;
            case "credentials" -> WITH_CREDENTIALS;
            case "all" -> ALL;
            default -> CorsPolicy.OFF;
        };
    }

    private static String text(List<CorsHeaders.Header> headers) {
        return String.join(
                "; ",
                headers.stream()
                        .map(header -> header.name().replace("Access-Control-", "") + ": " + header.value())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://a.example", "http://localhost:3000", "https://a.example:8443", "app://x"})
    void anOriginIsWrittenAsBrowsersWriteIt(String origin) {
        // then
        assertThat(CorsPolicy.originMistake(origin)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "a.example",
                "https://a.example/",
                "https://a.example/path",
                "https://A.example",
                "HTTPS://a.example",
                "https://a.example:443",
                "http://a.example:80",
                "https://user@a.example",
                "https://*.example",
                "https://a.example?x",
                "https://",
                "https://a b",
                "**"
            })
    void nothingElseIsAnOrigin(String origin) {
        // then
        assertThat(CorsPolicy.originMistake(origin)).isNotEmpty();
    }

    @Property
    void anyTextIsAnOriginOrNot(@ForAll String text) {
        // then
        assertThat(CorsPolicy.originMistake(text)).isNotNull();
        assertThat(CorsPolicy.originMistake("https://" + text)).isNotNull();
    }

    @Test
    void credentialsNeedAnOrigin() {
        // then
        assertThat(CorsPolicy.mistakes(List.of(), List.of(), List.of(), true))
                .containsExactly(
                        "credentials without an origin open nothing; name the origins whose pages may send them");
        assertThat(CorsPolicy.mistakes(List.of(), List.of(), List.of(), false)).isEmpty();
    }

    @Test
    void credentialsAndAllOriginsDoNotGoTogether() {
        // then
        assertThat(CorsPolicy.mistakes(List.of("*"), List.of(), List.of(), true))
                .containsExactly(CorsPolicy.CREDENTIALS_FOR_ALL);
        assertThatThrownBy(() -> new CorsPolicy(Set.of("*"), Set.of(), List.of(), true, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyMistakeIsNamed() {
        // then
        assertThat(CorsPolicy.mistakes(List.of("a", "*"), List.of("b c"), List.of("d:"), true))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "off | https://a.example | ''",
                "off | '' | ''",
                "some | '' | Vary: Origin",
                "some | https://b.example | Vary: Origin",
                "some | https://a.example.evil | Vary: Origin",
                "some | null | Vary: Origin",
                "some | https://a.example | Allow-Origin: https://a.example; Vary: Origin; Expose-Headers: ETag, Link",
                "credentials | https://a.example | Allow-Origin: https://a.example; Allow-Credentials: true; Vary: Origin",
                "credentials | https://b.example | Vary: Origin",
                "all | https://b.example | Allow-Origin: *",
                "all | null | Allow-Origin: *",
                "all | '' | ''",
            })
    void anAnswerSaysWhoMayReadIt(String policy, String origin, String headers) {
        // then
        assertThat(text(CorsHeaders.of(policy(policy), origin, Set::of))).isEqualTo(headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "some | https://a.example | ''",
                "some | https://a.example | content-type",
                "some | https://a.example | X-Extra, Content-Type",
                "credentials | https://a.example | x-anything",
                "all | https://b.example | content-type",
            })
    void aPreflightIsAllowed(String policy, String origin, String headers) {
        // when
        Preflight.Answer answer = Preflight.of(origin, "PUT", List.of(headers))
                .answer(policy(policy), "GET, PUT", Set.of("content-type"));

        // then
        assertThat(answer).isInstanceOf(Preflight.Allowed.class);
    }

    @Test
    void aPreflightIsAnsweredInFull() {
        // when
        Preflight.Answer answer = Preflight.of("https://a.example", "PUT", List.of("X-Extra", "content-type"))
                .answer(SOME, "GET, PUT", Set.of("content-type"));

        // then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Preflight.Allowed.class,
                        allowed -> assertThat(text(allowed.headers()))
                                .isEqualTo("Allow-Origin: https://a.example; Vary: Origin; Allow-Methods: GET, PUT; "
                                        + "Allow-Headers: x-extra, content-type; Max-Age: 60"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "some | https://b.example | '' | Origin not allowed by CORS policy",
                "some | https://a.example | x-other | CORS preflight request denied: the header x-other may not be sent from other origins",
                "all | https://a.example | authorization | CORS preflight request denied: the header authorization may not be sent from other origins",
                "credentials | https://a.example | a b | CORS preflight request denied: Access-Control-Request-Headers is not a list of header names",
                "credentials | https://a.example | a:b | CORS preflight request denied: Access-Control-Request-Headers is not a list of header names",
            })
    void aPreflightIsRefusedForAReason(String policy, String origin, String headers, String reason) {
        // when
        Preflight.Answer answer = Preflight.of(origin, "PUT", List.of(headers))
                .answer(policy(policy), "GET, PUT", Set.of("content-type"));

        // then
        assertThat(answer).isEqualTo(new Preflight.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*          | true  | ETag, x-request-id",
                "*, Link    | true  | ETag, x-request-id",
                "Link       | true  | Link",
                "*          | false | *",
            })
    void toCredentialsAStarIsNoWildcard(String exposed, boolean credentials, String expected) {
        // given
        CorsPolicy policy =
                new CorsPolicy(Set.of("https://a.example"), Set.of(), List.of(exposed.split(", ")), credentials, 0);

        // when
        List<CorsHeaders.Header> headers =
                CorsHeaders.of(policy, "https://a.example", () -> new LinkedHashSet<>(List.of("ETag", "x-request-id")));

        // then
        assertThat(headers).contains(new CorsHeaders.Header("Access-Control-Expose-Headers", expected));
    }
}
