package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationBodyTest {
    private final OperationBody body = Contracts.of("""
                    paths:
                      /a:
                        post:
                          requestBody:
                            content:
                              '*/*': {}
                              text/plain: {schema: {type: string}}
                              application/json: {schema: {type: object}}
                              text/*: {}
                          responses: {'200': {description: d}}
                    """).body().orElseThrow();

    @ParameterizedTest
    @CsvSource({"application/json, application/json", "text/plain, text/plain", "text/csv, text/*", "image/png, */*"})
    void theClosestDeclarationReadsABody(String type, String range) {
        // when
        BodyReader reader = body.reader(MediaType.parse(type).orElseThrow()).orElseThrow();

        // then
        assertThat(reader.range().essence()).isEqualTo(range);
    }

    @Test
    void whatIsNotDeclaredHasNoReader() {
        // given
        OperationBody json = Contracts.ofBody("application/json", "{}").body().orElseThrow();

        // then
        assertThat(json.reader(MediaType.parse("text/plain").orElseThrow())).isEmpty();
        assertThat(json.isRequired()).isTrue();
    }

    @Test
    void acceptedListsWhatIsDeclared() {
        // then
        assertThat(body.accepted()).isEqualTo("*/*, application/json, text/*, text/plain");
    }

    @Test
    void anOperationWithoutBodyReadsNone() {
        // then
        assertThat(Contracts.ofParameter("name: p, in: query").body()).isEmpty();
    }
}
