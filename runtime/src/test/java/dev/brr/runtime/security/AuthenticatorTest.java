package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.FakeRequest;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.ServiceDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {
    private static final Map<String, List<String>> KEYS =
            Map.of("Header", List.of("key-h"), "Query", List.of("key-q"), "Cookie", List.of("key-c"));

    private static AuthOutcome authenticate(String security, Map<String, List<String>> keys, FakeRequest request) {
        ServiceDocument document = Documents.valid("""
                paths: {/a: {get: {security: %s, responses: {'200': {description: d}}}}}
                components:
                  securitySchemes:
                    Header: {type: apiKey, in: header, name: X-API-Key}
                    Query: {type: apiKey, in: query, name: key}
                    Cookie: {type: apiKey, in: cookie, name: session}
                    Basic: {type: http, scheme: basic}
                    Bearer: {type: http, scheme: bearer}
                    OAuth: {type: oauth2, flows: {}}
                    Connect: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com/'}
                    Mutual: {type: mutualTLS}
                """.formatted(security));
        Operation operation = document.operations().getFirst();
        return new Authenticator(document, Credentials.of(new ApiKeys(keys)))
                .guard(operation)
                .check(request);
    }

    private static boolean isGranted(String security, FakeRequest request) {
        return authenticate(security, KEYS, request) instanceof AuthOutcome.Granted;
    }

    private static FakeRequest with(String credentials) {
        FakeRequest request = FakeRequest.empty();
        StringBuilder query = new StringBuilder();
        for (String credential : credentials.split(" ")) {
            String value = credential.substring(credential.indexOf(':') + 1);
            switch (credential.substring(0, Math.max(0, credential.indexOf(':')))) {
                case "h" -> request.withHeader("x-api-key", value);
                case "q" -> query.append("&key=").append(value);
                case "c" -> request.withHeader("cookie", "session=" + value);
                default -> {}
            }
        }
        return request.withQuery(query.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | none | true",
                "[{}] | none | true",
                "[{Header: []}] | none | false",
                "[{Header: []}] | h:key-h | true",
                "[{Header: []}] | h:key-x | false",
                "[{Header: []}] | h:key-q | false",
                "[{Header: []}] | h: | false",
                "[{Header: []}] | q:key-h | false",
                "[{Query: []}] | q:key-q | true",
                "[{Query: []}] | q:key%2Dq | true",
                "[{Query: []}] | q:%zz | false",
                "[{Query: []}] | h:key-q | false",
                "[{Cookie: []}] | c:key-c | true",
                "[{Cookie: []}] | c:key-cc | false",
                "[{Header: []}, {Query: []}] | h:key-h | true",
                "[{Header: []}, {Query: []}] | q:key-q | true",
                "[{Header: []}, {Query: []}] | none | false",
                "[{Header: [], Query: []}] | h:key-h | false",
                "[{Header: [], Query: []}] | q:key-q | false",
                "[{Header: [], Query: []}] | h:key-h q:key-q | true",
                "[{Header: [], Query: []}, {Cookie: []}] | c:key-c | true",
                "[{Header: []}, {}] | none | true",
                "[{Header: [], Bearer: []}] | h:key-h | false",
                "[{Bearer: []}, {Header: []}] | h:key-h | true",
            })
    void oneAlternativeHasToHoldAndAllThatItNames(String security, String credentials, boolean granted) {
        // then
        assertThat(isGranted(security, with(credentials))).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({"Basic", "Bearer", "OAuth", "Connect", "Mutual"})
    void aSchemeWithoutCredentialsLetsNobodyIn(String scheme) {
        // given
        FakeRequest request = FakeRequest.empty().withHeader("authorization", "Bearer a.b.sig");

        // then
        assertThat(isGranted("[{" + scheme + ": []}]", request)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "test123", "key-h"})
    void withoutConfiguredKeysNoKeyOpens(String key) {
        // when
        AuthOutcome outcome =
                authenticate("[{Header: []}]", Map.of(), FakeRequest.empty().withHeader("x-api-key", key));

        // then
        assertThat(outcome).isInstanceOf(AuthOutcome.Denied.class);
    }

    @Test
    void eachOfSeveralKeysOpens() {
        // given
        Map<String, List<String>> keys = Map.of("Header", List.of("old", "new"));

        // then
        for (String key : List.of("old", "new")) {
            assertThat(authenticate("[{Header: []}]", keys, FakeRequest.empty().withHeader("x-api-key", key)))
                    .isInstanceOf(AuthOutcome.Granted.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{Header: []}] | ApiKey realm=\"Test\", in=\"header\", name=\"X-API-Key\"",
                "[{Query: []}] | ApiKey realm=\"Test\", in=\"query\", name=\"key\"",
                "[{Basic: []}] | Basic realm=\"Test\", charset=\"UTF-8\"",
                "[{Bearer: []}] | Bearer realm=\"Test\"",
                "[{OAuth: [read]}] | Bearer realm=\"Test\"",
                "[{Connect: []}] | Bearer realm=\"Test\"",
                "[{Mutual: []}] | MutualTLS realm=\"Test\"",
                "[{Bearer: []}, {OAuth: [read]}] | Bearer realm=\"Test\"",
                "[{Header: []}, {Basic: []}] | ApiKey realm=\"Test\", in=\"header\", name=\"X-API-Key\" & Basic realm=\"Test\", charset=\"UTF-8\"",
            })
    void theChallengeIsThatOfTheSchemeThatFailed(String security, String challenges) {
        // when
        AuthOutcome outcome = authenticate(security, KEYS, FakeRequest.empty());

        // then
        assertThat(outcome).isEqualTo(new AuthOutcome.Denied(List.of(challenges.split(" & "))));
    }

    @Test
    void aTokenThatIsThereAndNotGoodIsCalledInvalid() {
        // given
        FakeRequest request = FakeRequest.empty().withHeader("authorization", "bearer a.b.c");

        // when
        AuthOutcome outcome = authenticate("[{Bearer: []}]", KEYS, request);

        // then
        assertThat(outcome)
                .isEqualTo(
                        new AuthOutcome.Denied(
                                List.of(
                                        "Bearer realm=\"Test\", error=\"invalid_token\", "
                                                + "error_description=\"The token is not signed by an algorithm and a key that are accepted\"")));
    }

    @Test
    void aTitleCannotBreakOutOfTheHeader() {
        // given
        ServiceDocument document = Documents.checked("""
                openapi: 3.1.0
                info: {title: "a\\"b\\r\\nX: é\\\\", version: '1'}
                security: [{Basic: []}]
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {securitySchemes: {Basic: {type: http, scheme: basic}}}
                """);

        // when
        AuthOutcome outcome = new Authenticator(document, Credentials.NONE)
                .guard(document.operations().getFirst())
                .check(FakeRequest.empty());

        // then
        assertThat(outcome).isEqualTo(new AuthOutcome.Denied(List.of("Basic realm=\"abX: \", charset=\"UTF-8\"")));
    }

    @Test
    void theTextOfKeysNamesSchemesAlone() {
        // then
        assertThat(new ApiKeys(Map.of("Header", List.of("secret")))).hasToString("ApiKeys[Header]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{Header: [], Bearer: []}] | none | ApiKey, Bearer",
                "[{Bearer: [], Header: []}] | none | Bearer, ApiKey",
                "[{Header: [], Basic: []}] | none | ApiKey, Basic",
                "[{Header: [], Query: []}] | h:key-h | ApiKey",
                "[{Header: [], Bearer: []}] | h:key-h | Bearer",
                "[{Header: [], Query: [], Bearer: []}] | q:wrong | ApiKey, Bearer",
                "[{Header: [], Bearer: []}, {Cookie: []}] | none | ApiKey, Bearer, ApiKey",
            })
    void theChallengesAreThoseOfEachSchemeThatFailed(String security, String credentials, String expected) {
        // when
        AuthOutcome outcome = authenticate(security, KEYS, with(credentials));

        // then
        assertThat(((AuthOutcome.Denied) outcome).challenges())
                .extracting(challenge -> challenge.substring(0, challenge.indexOf(' ')))
                .containsExactly(expected.split(", "));
    }

    @ParameterizedTest
    @CsvSource({"Bearer a.b.c, Bearer", "Bearer a.b.c, OAuth"})
    void credentialsThatAreShownAreNotJudgedOnceTheRequestIsRefused(String authorization, String scheme) {
        // when
        AuthOutcome outcome = authenticate(
                "[{Header: [], " + scheme + ": []}]",
                KEYS,
                FakeRequest.empty().withHeader("authorization", authorization));

        // then
        assertThat(((AuthOutcome.Denied) outcome).challenges())
                .singleElement()
                .asString()
                .startsWith("ApiKey");
    }
}
