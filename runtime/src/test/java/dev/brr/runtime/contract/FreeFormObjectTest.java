package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.document.References;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names an exploded object takes that its schema does not name. */
class FreeFormObjectTest {
    private static String read(OperationContract contract, FakeRequest request, String name) {
        Outcome outcome = contract.parameters().read(request);
        return outcome.violations().isEmpty()
                ? outcome.values().stream()
                        .filter(value -> value.name().equals(name))
                        .map(value -> value.value().toString())
                        .findFirst()
                        .orElse("absent")
                : outcome.violations().stream()
                        .map(violation -> violation.name() + violation.pointer() + " " + violation.keyword())
                        .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "properties: {R: {type: integer}}, additionalProperties: {type: integer} | R=1&zeta=2 | {\"R\":1,\"zeta\":2}",
                "properties: {R: {type: integer}}, additionalProperties: {type: integer} | R=1&zeta=x | o/zeta type",
                "properties: {R: {type: integer}}, additionalProperties: true | R=1&zeta=2 | {\"R\":1,\"zeta\":\"2\"}",
                "properties: {R: {type: integer}}, additionalProperties: {} | zeta=2 | {\"zeta\":\"2\"}",
                "properties: {R: {type: integer}}, additionalProperties: false | R=1&zeta=2 | {\"R\":1}",
                "properties: {R: {type: integer}} | R=1&zeta=2 | {\"R\":1}",
                "properties: {R: {type: integer}} | zeta=2 | absent",
                "additionalProperties: {type: integer} | zeta=2 | {\"zeta\":2}",
                "patternProperties: {'^n-': {type: integer}} | n-a=1&m-a=2 | {\"n-a\":1}",
                "patternProperties: {'^n-': {type: integer}} | n-a=x | o/n-a type",
                "patternProperties: {'^n-': {type: integer}}, additionalProperties: {type: boolean} | n-a=1&m-a=true | {\"n-a\":1,\"m-a\":true}",
                "patternProperties: {'^n-': {type: integer}}, additionalProperties: false | n-a=1&m-a=2 | {\"n-a\":1}",
                "anyOf: [{properties: {R: {type: integer}}}, {additionalProperties: {type: boolean}}] | R=1&b=true | {\"R\":1,\"b\":true}",
            })
    void undeclaredNamesAreTakenWhereTheSchemaHasAPlaceForThem(String schema, String pairs, String expected) {
        for (String in : new String[] {"query", "cookie"}) {
            // given
            OperationContract contract =
                    Contracts.ofParameter("name: o, in: " + in + ", schema: {type: object, " + schema + "}");
            FakeRequest request = in.equals("query")
                    ? FakeRequest.empty().withQuery(pairs)
                    : FakeRequest.empty().withHeader("cookie", pairs.replace("&", "; "));

            // then
            assertThat(read(contract, request, "o")).isEqualTo(expected);
        }
    }

    private static final OperationContract MANY = Contracts.of("""
            paths:
              /a:
                get:
                  parameters:
                    - {name: free, in: query, schema: {type: object, additionalProperties: {type: string}}}
                    - {name: limit, in: query, schema: {type: integer}}
                    - {name: page, in: query, style: deepObject, explode: true, schema: {type: object}}
                    - {name: sort, in: query, schema: {type: object, properties: {by: {type: string}}, patternProperties: {'^x-': {}}}}
                    - {name: json, in: query, content: {application/json: {schema: {type: object, properties: {inside: {}}}}}}
                    - {name: list, in: query, schema: {type: array}}
                    - {name: crumbs, in: cookie, schema: {type: object}}
                    - {name: theme, in: cookie, schema: {type: string}}
                    - {name: limits, in: header, schema: {type: string}}
                  responses: {'200': {description: d}}
            components:
              securitySchemes:
                key: {type: apiKey, in: query, name: api_key}
                session: {type: apiKey, in: cookie, name: sid}
                header: {type: apiKey, in: header, name: X-Key}
                alias: {$ref: '#/components/securitySchemes/key'}
                basic: {type: http, scheme: basic}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limit=5&kind=dog | {\"kind\":\"dog\"}",
                "page[size]=5&kind=dog | {\"kind\":\"dog\"}",
                "page%5Bsize%5D=5 | absent",
                "page[size=5 | {\"page[size\":\"5\"}",
                "pages[size]=5 | {\"pages[size]\":\"5\"}",
                "by=name&kind=dog | {\"kind\":\"dog\"}",
                "x-a=name&kind=dog | {\"kind\":\"dog\"}",
                "inside=1 | {\"inside\":\"1\"}",
                "list=1&list=2&kind=dog | {\"kind\":\"dog\"}",
                "api_key=secret&kind=dog | {\"kind\":\"dog\"}",
                "api_key=secret | absent",
                "sid=1 | {\"sid\":\"1\"}",
                "theme=1 | {\"theme\":\"1\"}",
                "limits=1 | {\"limits\":\"1\"}",
            })
    void inAQueryWhatBelongsToOthersIsNotTaken(String query, String expected) {
        // then
        assertThat(read(MANY, FakeRequest.empty().withQuery(query), "free")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=1; b=2 | {\"a\":\"1\",\"b\":\"2\"}",
                "a=1&b=2 | {\"a\":\"1\",\"b\":\"2\"}",
                "theme=dark; a=1 | {\"a\":\"1\"}",
                "sid=secret; a=1 | {\"a\":\"1\"}",
                "sid=secret | absent",
                "a=1&sid=x | {\"a\":\"1&sid=x\"}",
                "api_key=1 | {\"api_key\":\"1\"}",
            })
    void inCookiesWhatBelongsToOthersIsNotTaken(String cookies, String expected) {
        // then
        assertThat(read(MANY, FakeRequest.empty().withHeader("cookie", cookies), "crumbs"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "word=a&zeta=2 | {\"free\":{\"zeta\":2},\"word\":\"a\"}",
                "deep[x]=1&zeta=2 | {\"free\":{\"zeta\":2},\"deep\":{\"x\":\"1\"}}",
                "near=1&zeta=2 | {\"free\":{\"zeta\":2},\"side\":{\"near\":\"1\"}}",
                "word=a | {\"word\":\"a\"}",
            })
    void inAFormWhatBelongsToOthersIsNotTaken(String form, String expected) {
        // given
        SchemaShape shape = SchemaShape.of(new References(Json.treeIfJson("""
                        {"S": {"properties": {"free": {"type": "object", "additionalProperties": {"type": "integer"}},
                         "side": {"type": "object", "properties": {"near": {}}},
                         "deep": {"type": "object"}, "word": {"type": "string"}}}}
                        """).orElseThrow()), "/S");
        FormReader reader = new FormReader(
                shape,
                Map.of(
                        "free", new Encoding(Optional.empty(), Style.FORM, true),
                        "side", new Encoding(Optional.empty(), Style.FORM, true),
                        "deep", new Encoding(Optional.empty(), Style.DEEP_OBJECT, true)));

        // then
        assertThat(reader.read(Query.parse(form)))
                .isEqualTo(Json.treeIfJson(expected).orElseThrow());
    }
}
