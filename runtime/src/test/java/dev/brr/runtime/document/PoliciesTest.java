package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.ratelimit.RateLimit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document says of its callers in extensions. */
class PoliciesTest {
    private static final String RESPONSES = "responses: {'200': {description: d}}";

    private static ServiceDocument document(String root, String path, String operation) {
        return Documents.valid("""
                %s
                paths:
                  /a:
                    %s
                    get:
                      %s
                      %s
                """.formatted(root, path, operation, RESPONSES));
    }

    private static Policies ofOperation(String path, String operation) {
        return document("", path, operation).operations().getFirst().policies();
    }

    @Test
    void aDocumentThatSaysNothingHasNone() {
        // when
        ServiceDocument document = document("", "", "");

        // then
        assertThat(document.policies()).isEqualTo(Policies.NONE);
        assertThat(document.operations().getFirst().policies()).isEqualTo(Policies.NONE);
    }

    @Test
    void originsHeadersAndTheRestAreRead() {
        // when
        Policies policies = document(
                        "x-brr-cors: {origins: ['https://a.example'], headers: [X-A], exposeHeaders: [ETag],"
                                + " credentials: true, maxAge: 5}",
                        "",
                        "")
                .policies();

        // then
        assertThat(policies.cors())
                .contains(new CorsPolicy(Set.of("https://a.example"), Set.of("x-a"), List.of("ETag"), true, 5));
    }

    @Test
    void originsAreEnough() {
        // then
        assertThat(document("x-brr-cors: {origins: ['*']}", "", "").policies().cors())
                .contains(new CorsPolicy(Set.of("*"), Set.of(), List.of(), false, 600));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{requests: 10, seconds: 60} | 10/60",
                "{requests: 10, seconds: 60, burst: 3} | 10/60/3",
                "false | 1000000/1",
            })
    void aLimitIsRead(String extension, String limit) {
        // then
        assertThat(ofOperation("", "x-brr-rate-limit: " + extension).rateLimit().map(RateLimit::toString))
                .contains(limit);
    }

    @Test
    void falseIsNoneHere() {
        // when
        Policies policies = ofOperation("", "x-brr-cors: false");

        // then
        assertThat(policies.cors()).contains(CorsPolicy.OFF);
        assertThat(policies.rateLimit()).isEmpty();
    }

    @Test
    void anOperationGoesBeforeItsPath() {
        // when
        Policies policies = ofOperation(
                "x-brr-rate-limit: {requests: 1, seconds: 1}\n    x-brr-cors: {origins: ['*']}", "x-brr-cors: false");

        // then
        assertThat(policies).isEqualTo(new Policies(Optional.of(CorsPolicy.OFF), RateLimit.parse("1/1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-brr-cors: true | has to be a map",
                "x-brr-cors: '*' | has to be a map",
                "x-brr-cors: {} | the key origins is missing",
                "x-brr-cors: {origins: '*'} | has to be a list",
                "x-brr-cors: {origins: [1]} | has to be text",
                "x-brr-cors: {origins: [a]} | a is not an origin",
                "x-brr-cors: {origins: ['*'], credentials: true} | credentials with the origin *",
                "x-brr-cors: {origins: ['*'], credentials: 1} | has to be true or false",
                "x-brr-cors: {origins: ['*'], headers: ['a b']} | a b is no header name",
                "x-brr-cors: {origins: ['*'], maxAge: -1} | has to be a whole number from 0 to 86400",
                "x-brr-cors: {origins: ['*'], methods: [GET]} | the key methods is not known",
                "x-brr-rate-limit: 5 | has to be a map",
                "x-brr-rate-limit: true | has to be a map",
                "x-brr-rate-limit: {seconds: 1} | the key requests is missing",
                "x-brr-rate-limit: {requests: 1} | the key seconds is missing",
                "x-brr-rate-limit: {requests: 0, seconds: 1} | has to be a whole number from 1 to 1000000",
                "x-brr-rate-limit: {requests: 1.5, seconds: 1} | has to be a whole number",
                "x-brr-rate-limit: {requests: 1, seconds: '1'} | has to be a whole number",
                "x-brr-rate-limit: {requests: 1, seconds: 1, per: x} | the key per is not known",
            })
    void aMistakeIsNamedWhereItStands(String extension, String message) {
        // when
        List<DocumentProblem> problems =
                Documents.problems("paths: {/a: {get: {" + extension + ", " + RESPONSES + "}}}");

        // then
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().pointer()).startsWith("/paths/~1a/get/x-brr-");
        assertThat(problems.getFirst().message()).startsWith(message);
    }
}
