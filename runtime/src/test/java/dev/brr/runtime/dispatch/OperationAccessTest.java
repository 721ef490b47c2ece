package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.security.Authenticator;
import dev.brr.runtime.security.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document and a configuration together say of one operation. */
class OperationAccessTest {
    private static final String SCHEMES = """
            components:
              securitySchemes:
                Head: {type: apiKey, in: header, name: X-Api-Key}
                Query: {type: apiKey, in: query, name: api_key}
                Cookie: {type: apiKey, in: cookie, name: session}
                Basic: {type: http, scheme: basic}
                Bearer: {type: http, scheme: bearer}
                OpenId: {type: openIdConnect, openIdConnectUrl: 'https://id.example/'}
            """;

    private static OperationAccess access(ServiceDocument document, Policies configured, String method) {
        Operation operation = document.operations().stream()
                .filter(each -> each.method().equals(method))
                .findFirst()
                .orElseThrow();
        return OperationAccess.of(operation, document, configured, new Authenticator(document, Credentials.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | ''",
                "[{Head: []}] | x-api-key",
                "[{Query: []}] | ''",
                "[{Cookie: []}] | ''",
                "[{Basic: []}] | authorization",
                "[{Bearer: []}] | authorization",
                "[{OpenId: []}] | authorization",
                "[{Head: [], Basic: []}] | authorization x-api-key",
                "[{Head: []}, {Bearer: []}, {}] | authorization x-api-key",
            })
    void theHeadersOfCredentialsAreTheOperationsOwn(String security, String headers) {
        // given
        ServiceDocument document = Documents.valid(
                "paths: {/a: {get: {security: " + security + ", responses: {'200': {description: d}}}}}\n" + SCHEMES);

        // when
        List<String> own = new ArrayList<>(access(document, Policies.NONE, "GET").headers().stream()
                .sorted()
                .toList());
        own.removeAll(List.of("accept", "accept-language", "content-language", "content-type", "x-request-id"));

        // then
        assertThat(String.join(" ", own)).isEqualTo(headers);
    }

    @ParameterizedTest
    @CsvSource({"GET, true, true, false", "PUT, true, false, true"})
    void theHeadersOfParametersAreThoseOfTheOperationAndItsPath(
            String method, boolean ofPath, boolean ofGet, boolean ofPut) {
        // given
        ServiceDocument document = Documents.valid("""
                paths:
                  /a:
                    parameters: [{name: X-Tenant, in: header, schema: {type: string}}]
                    get:
                      parameters:
                        - {name: If-None-Match, in: header, schema: {type: string}}
                        - {name: page, in: query, schema: {type: string}}
                      responses: {'200': {description: d}}
                    put:
                      parameters: [{name: If-Match, in: header, schema: {type: string}}]
                      responses: {'200': {description: d}}
                """);

        // when
        Set<String> headers = access(document, Policies.NONE, method).headers();

        // then
        assertThat(headers.contains("x-tenant")).isEqualTo(ofPath);
        assertThat(headers.contains("if-none-match")).isEqualTo(ofGet);
        assertThat(headers.contains("if-match")).isEqualTo(ofPut);
        assertThat(headers).doesNotContain("page");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get | GET, HEAD, OPTIONS",
                "post | OPTIONS, POST",
                "get post | GET, HEAD, OPTIONS, POST",
                "put options | OPTIONS, PUT",
                "head put | HEAD, OPTIONS, PUT",
                "delete get head options patch post put trace | DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, TRACE",
            })
    void theMethodsAreThoseOfThePathAlone(String declared, String methods) {
        // given
        StringBuilder members = new StringBuilder("paths:\n  /other:\n    get: {responses: {'200': {description: d}}}\n"
                + "    delete: {responses: {'200': {description: d}}}\n  /a:\n");
        for (String method : declared.split(" ")) {
            members.append("    ").append(method).append(": {responses: {'200': {description: d}}}\n");
        }
        ServiceDocument document = Documents.valid(members.toString());
        Operation operation = document.operations().stream()
                .filter(each -> each.path().text().equals("/a"))
                .findFirst()
                .orElseThrow();

        // when
        OperationAccess access =
                OperationAccess.of(operation, document, Policies.NONE, new Authenticator(document, Credentials.NONE));

        // then
        assertThat(access.methods()).isEqualTo(methods);
    }

    private static String limit(String place, String indent) {
        return place.equals("-")
                ? ""
                : indent + "x-brr-rate-limit: "
                        + (place.equals("off") ? "false" : "{requests: " + place + ", seconds: 9}") + "\n";
    }

    /** The narrowest place that says something counts; 0 stands for no limit. */
    @ParameterizedTest
    @CsvSource({
        "-, -, -, -, 0",
        "1, -, -, -, 1",
        "-, 2, -, -, 2",
        "-, -, 3, -, 3",
        "-, -, -, 4, 4",
        "1, 2, -, -, 2",
        "1, 2, 3, -, 3",
        "1, 2, 3, 4, 4",
        "1, -, 3, -, 3",
        "1, -, off, -, 0",
        "1, 2, off, 4, 4",
        "1, 2, 3, off, 0",
        "off, 2, -, -, 2",
        "off, -, -, -, 0",
    })
    void theNarrowestRateLimitCounts(
            String ofDocument, String configured, String ofPath, String ofOperation, int requests) {
        // given
        ServiceDocument document = Documents.valid(limit(ofDocument, "") + "paths:\n  /a:\n" + limit(ofPath, "    ")
                + "    get:\n" + limit(ofOperation, "      ") + "      responses: {'200': {description: d}}\n");
        Policies policies = configured.equals("-")
                ? Policies.NONE
                : new Policies(Optional.empty(), RateLimit.parse(configured + "/9"));

        // when
        RateLimit limit = access(document, policies, "GET").rateLimit();

        // then
        assertThat(limit.isNone() ? 0 : limit.requests()).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void originsAndRatesAreSaidApart(boolean configured, boolean on) {
        // given
        ServiceDocument document = Documents.valid("paths: {/a: {get: {x-brr-rate-limit: {requests: 3, seconds: 9},"
                + " responses: {'200': {description: d}}}}}");
        CorsPolicy cors = new CorsPolicy(Set.of("https://a.example"), Set.of(), List.of(), false, 60);
        Policies policies = configured ? new Policies(Optional.of(cors), RateLimit.parse("7/9")) : Policies.NONE;

        // when
        OperationAccess access = access(document, policies, "GET");

        // then
        assertThat(access.cors().isOn()).isEqualTo(on);
        assertThat(access.rateLimit().requests()).isEqualTo(3);
    }
}
