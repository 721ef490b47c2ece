package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import dev.brr.runtime.contract.OperationParameters.ParameterValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values of parameters are let through, and what is said of the others. */
class OperationParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: integer} | 5 | ok",
                "{type: integer} | five | type",
                "{type: integer} | 5.5 | type",
                "{type: integer} | 5.0 | ok",
                "{type: integer, minimum: 1} | 0 | minimum",
                "{type: integer, minimum: 1} | 1 | ok",
                "{type: integer, maximum: 100} | 101 | maximum",
                "{type: integer, exclusiveMinimum: 1} | 1 | exclusiveMinimum",
                "{type: integer, exclusiveMaximum: 9} | 9 | exclusiveMaximum",
                "{type: integer, multipleOf: 5} | 12 | multipleOf",
                "{type: number, multipleOf: 0.01} | 19.99 | ok",
                "{type: number, multipleOf: 0.01} | 19.999 | multipleOf",
                "{type: integer, format: int32} | 2147483647 | ok",
                "{type: integer, format: int32} | 2147483648 | format",
                "{type: integer, format: int32} | -2147483648 | ok",
                "{type: integer, format: int32} | -2147483649 | format",
                "{type: integer, format: int64} | 9223372036854775807 | ok",
                "{type: integer, format: int64} | 9223372036854775808 | format",
                "{type: boolean} | true | ok",
                "{type: boolean} | yes | type",
                "{type: string, enum: [a, b]} | a | ok",
                "{type: string, enum: [a, b]} | c | enum",
                "{type: integer, enum: [1, 2]} | 2 | ok",
                "{enum: [1, two]} | 1 | ok",
                "{enum: [1, two]} | two | ok",
                "{const: 7} | 7 | ok",
                "{const: 7} | 8 | const",
                "{type: string, minLength: 2} | a | minLength",
                "{type: string, maxLength: 2} | abc | maxLength",
                "{type: string, maxLength: 1} | %F0%9F%90%B6 | ok",
                "{type: string, pattern: '^[a-z]+$'} | abc | ok",
                "{type: string, pattern: '^[a-z]+$'} | a1 | pattern",
                "{type: string, format: uuid} | 00000000-0000-4000-8000-000000000000 | ok",
                "{type: string, format: uuid} | 1234 | format",
                "{type: string, format: date} | 2026-02-28 | ok",
                "{type: string, format: date} | 2026-02-30 | format",
                "{type: string, format: date-time} | 2026-01-01T00:00:00Z | ok",
                "{type: string, format: date-time} | 2026-01-01 | format",
                "{type: string, format: email} | a@example.com | ok",
                "{type: string, format: email} | a.example.com | format",
                "{type: string, format: email} | tu-06@3t.o.example | ok",
                "{type: string, format: email} | someone@cluster.local | ok",
                "{type: string, format: email} | someone@localhost | ok",
                "{type: string, format: email} | ~a!b%23c@example.com | ok",
                "{type: string, format: email} | %22joe%20bloggs%22@example.com | ok",
                "{type: string, format: email} | joe@%5B127.0.0.1%5D | ok",
                "{type: string, format: email} | joe@%5BIPv6:::1%5D | ok",
                "{type: string, format: email} | joe@%5B127.0.0.300%5D | format",
                "{type: string, format: email} | .joe@example.com | format",
                "{type: string, format: email} | jo..e@example.com | format",
                "{type: string, format: email} | joe@exa_mple.com | format",
                "{type: string, format: email} | joe@-example.com | format",
                "{type: string, format: email} | joe@example..com | format",
                "{type: string, format: email} | @example.com | format",
                "{type: string, format: email} | joe%20bloggs@example.com | format",
                "{type: integer, minimum: 0, format: int32} | 4.2e198 | format",
                "{type: string, format: ipv4} | 192.0.2.1 | ok",
                "{type: string, format: ipv4} | 192.0.2.256 | format",
                "{type: string, format: uri} | https://example.com/ | ok",
                "{type: string, format: uri} | not-a-uri%20at%20all | format",
                "{type: string, format: byte} | aGVsbG8%3D | ok",
                "{type: string, format: byte} | @@ | format",
                "{type: string, format: byte} | aGVsbG8 | format",
                "{type: [integer, 'null']} | null | ok",
                "{type: [integer, 'null']} | x | type",
                "{type: string} | 5 | ok",
                "{oneOf: [{type: integer, minimum: 10}, {type: boolean}]} | 12 | ok",
                "{oneOf: [{type: integer, minimum: 10}, {type: boolean}]} | true | ok",
                "{not: {type: integer}} | 5 | ok",
                "{type: integer, not: {const: 5}} | 5 | not",
            })
    void everyKeywordOfASchemaIsEnforced(String schema, String raw, String outcome) {
        // given
        OperationContract contract = Contracts.ofParameter("name: p, in: query, schema: " + schema);

        // when
        Outcome read = contract.parameters().read(FakeRequest.empty().withQuery("p=" + raw));

        // then
        String found = read.violations().isEmpty()
                ? "ok"
                : read.violations().getFirst().keyword();
        assertThat(found).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: array, items: {type: integer}, minItems: 2} | p=1 | minItems | ''",
                "{type: array, items: {type: integer}, maxItems: 1} | p=1&p=2 | maxItems | ''",
                "{type: array, items: {type: integer}, uniqueItems: true} | p=1&p=1 | uniqueItems | ''",
                "{type: array, items: {type: integer}} | p=1&p=x | type | /1",
                "{type: array, items: {enum: [a]}} | p=a&p=b | enum | /1",
            })
    void aViolationInAListSaysWhere(String schema, String query, String keyword, String pointer) {
        // given
        OperationContract contract = Contracts.ofParameter("name: p, in: query, schema: " + schema);

        // when
        Outcome read = contract.parameters().read(FakeRequest.empty().withQuery(query));

        // then
        Violation violation = read.violations().getFirst();
        assertThat(violation.keyword()).isEqualTo(keyword);
        assertThat(violation.pointer()).isEqualTo(pointer);
        assertThat(violation.in()).isEqualTo("query");
        assertThat(violation.name()).isEqualTo("p");
    }

    @Test
    void everyParameterAtFaultIsNamed() {
        // given
        OperationContract contract = Contracts.of("""
                paths:
                  /a/{id}:
                    get:
                      parameters:
                        - {name: id, in: path, required: true, schema: {type: integer}}
                        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
                        - {name: X-Tenant, in: header, required: true, schema: {type: string}}
                        - {name: session, in: cookie, required: true, schema: {type: string}}
                      responses: {'200': {description: d}}
                """);

        // when
        Outcome read = contract.parameters()
                .read(FakeRequest.empty().withPath("id", "x").withQuery("limit=101"));

        // then
        assertThat(read.violations())
                .extracting(violation -> violation.in() + " " + violation.name() + " " + violation.keyword())
                .containsExactly(
                        "path id type", "query limit maximum", "header X-Tenant required", "cookie session required");
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: limit, in: query, schema: {type: integer, default: 20}");

        // when
        Outcome read = contract.parameters().read(FakeRequest.empty());

        // then
        assertThat(read.values())
                .singleElement()
                .extracting(value -> value.value().intValue())
                .isEqualTo(20);
    }

    @Test
    void whatIsAbsentAndHasNoDefaultIsNotThere() {
        // given
        OperationContract contract = Contracts.ofParameter("name: limit, in: query, schema: {type: integer}");

        // then
        assertThat(contract.parameters().read(FakeRequest.empty()).values()).isEmpty();
    }

    @Test
    void aParameterThatTheDocumentDoesNotKnowIsLetThrough() {
        // given
        OperationContract contract = Contracts.ofParameter("name: limit, in: query, schema: {type: integer}");

        // then
        assertThat(contract.parameters()
                        .read(FakeRequest.empty().withQuery("other=1&limit=2"))
                        .violations())
                .isEmpty();
    }

    @Test
    void aHeaderIsFoundWithoutRegardToCase() {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: X-Tenant, in: header, required: true, schema: {type: string}");

        // when
        Outcome read = contract.parameters().read(FakeRequest.empty().withHeader("x-TENANT", "a"));

        // then
        assertThat(read.values())
                .singleElement()
                .extracting(ParameterValue::name)
                .isEqualTo("x-tenant");
    }

    @ParameterizedTest
    @CsvSource({"header, 8193", "cookie, 8193"})
    void aValueThatIsTooLongIsRefusedUnread(String in, int length) {
        // given
        OperationContract contract = Contracts.ofParameter("name: p, in: %s, schema: {type: string}".formatted(in));
        String value = "x".repeat(length);
        FakeRequest request = in.equals("header")
                ? FakeRequest.empty().withHeader("p", value)
                : FakeRequest.empty().withHeader("cookie", "p=" + value);

        // when
        Outcome read = contract.parameters().read(request);

        // then
        assertThat(read.violations()).extracting(Violation::keyword).containsExactly("value_too_large");
    }

    @Test
    void aParameterWithoutSchemaTakesAnyText() {
        // given
        OperationContract contract = Contracts.ofParameter("name: p, in: query");

        // when
        Outcome read = contract.parameters().read(FakeRequest.empty().withQuery("p=12"));

        // then
        assertThat(read.values().getFirst().value().stringValue()).isEqualTo("12");
    }
}
