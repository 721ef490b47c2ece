package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import dev.brr.runtime.document.Documents;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keywords beside a {@code $ref} count wherever a schema is read (OpenAPI 3.1), and never in OpenAPI 3.0. */
class ReferenceSiblingsTest {
    private static final String COMPONENTS = """
            components:
              schemas:
                Limit: {type: integer, maximum: 100}
                Twenty: {type: integer, default: 20}
                Thirty: {$ref: '#/components/schemas/Twenty', default: 30}
                Alias: {$ref: '#/components/schemas/Twenty'}
                Base: {type: object, properties: {name: {type: string}}}
                Tags: {type: array}
                File: {type: string, format: binary}
            """;

    private static String document(String openapi, String operation) {
        return "openapi: " + openapi + "\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n      " + operation
                + "\n      responses: {'200': {description: d}}\n" + COMPONENTS;
    }

    private static OperationContract ofParameter(String openapi, String parameter) {
        return Contracts.ofText(document(openapi, "parameters: [{name: p, in: query, " + parameter + "}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "3.1.0; {$ref: '#/components/schemas/Limit', default: 20}; 20",
                "3.1.0; {$ref: '#/components/schemas/Limit'}; absent",
                "3.1.0; {$ref: '#/components/schemas/Twenty'}; 20",
                "3.1.0; {$ref: '#/components/schemas/Alias'}; 20",
                "3.1.0; {$ref: '#/components/schemas/Alias', default: 7}; 7",
                "3.1.0; {$ref: '#/components/schemas/Thirty'}; 30",
                "3.1.0; {$ref: '#/components/schemas/Thirty', default: 40}; 40",
                "3.1.0; {$ref: '#/components/schemas/Thirty', default: null}; null",
                "3.0.3; {$ref: '#/components/schemas/Limit', default: 20}; absent",
                "3.0.3; {$ref: '#/components/schemas/Thirty', default: 40}; 20",
            })
    void theNearestDefaultIsTaken(String openapi, String schema, String value) {
        // when
        Outcome outcome = ofParameter(openapi, "schema: " + schema).parameters().read(FakeRequest.empty());

        // then
        assertThat(
                        outcome.values().isEmpty()
                                ? "absent"
                                : outcome.values().getFirst().value().toString())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "style: deepObject, schema: {$ref: '#/components/schemas/Base', properties: {age: {type: integer}}}; p[age]=3&p[name]=4; {'age':3,'name':'4'}",
                "schema: {$ref: '#/components/schemas/Base', properties: {age: {type: integer}}}; age=3&name=4; {'age':3,'name':'4'}",
                "schema: {$ref: '#/components/schemas/Base', properties: {age: {type: integer}}}; age=x; /age type",
                "schema: {$ref: '#/components/schemas/Tags', items: {type: integer}}; p=1&p=2; [1,2]",
                "schema: {$ref: '#/components/schemas/Tags', prefixItems: [{type: boolean}]}; p=true&p=2; [true,'2']",
                "schema: {$ref: '#/components/schemas/Limit', minimum: 5}; p=4; ' minimum'",
                "schema: {$ref: '#/components/schemas/Limit', minimum: 5}; p=101; ' maximum'",
            })
    void textIsReadByTheReferenceAndWhatStandsBesideIt(String parameter, String query, String expected) {
        // when
        Outcome outcome = ofParameter("3.1.0", parameter)
                .parameters()
                .read(FakeRequest.empty().withQuery(query));

        // then
        String read = outcome.violations().isEmpty()
                ? outcome.values().getFirst().value().toString().replace('"', '\'')
                : Shown.violations(outcome.violations());
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "3.1.0; age=3&name=4; {\"age\":3,\"name\":\"4\"}",
                "3.1.0; age=x; /age type",
                "3.0.3; age=3; {\"age\":\"3\"}",
            })
    void aFieldOfAFormIsReadByWhatStandsBesideTheReference(String openapi, String form, String expected) {
        // given
        OperationBody body = Contracts.ofText(document(
                        openapi,
                        "requestBody: {content: {application/x-www-form-urlencoded: {schema:"
                                + " {$ref: '#/components/schemas/Base', properties: {age: {type: integer}}}}}}"))
                .body()
                .orElseThrow();
        MediaType type = MediaType.parse("application/x-www-form-urlencoded").orElseThrow();

        // when
        BodyReader.Outcome outcome = body.reader(type).orElseThrow().read(form.getBytes(StandardCharsets.UTF_8), type);

        // then
        assertThat(Shown.body(outcome)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{$ref: '#/components/schemas/File', maxLength: 70000}; 70000; ok",
                "{$ref: '#/components/schemas/File', maxLength: 70000}; 70001; /f maxLength",
                "{allOf: [{$ref: '#/components/schemas/File'}], maxLength: 70000}; 70001; /f maxLength",
                "{$ref: '#/components/schemas/File', minLength: 70000}; 69999; /f minLength",
                "{$ref: '#/components/schemas/File'}; 100000; ok",
            })
    void theBytesOfAFileAreCountedByWhatStandsBesideTheReference(String file, int size, String expected) {
        // given
        OperationBody body = Contracts.ofText(document(
                        "3.1.0",
                        "requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Base',"
                                + " properties: {f: " + file + "}}}}}"))
                .body()
                .orElseThrow();
        MediaType type = MediaType.parse("multipart/form-data; boundary=b").orElseThrow();
        String text = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + "x".repeat(size) + "\r\n--b--\r\n";

        // when
        BodyReader.Outcome outcome =
                Bodies.read(body.reader(type).orElseThrow(), text.getBytes(StandardCharsets.UTF_8), type);

        // then
        assertThat(outcome.violations().isEmpty() ? "ok" : Shown.body(outcome)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{$ref: '#/components/schemas/Cat', required: [name]}; {\"kind\":\"Cat\",\"name\":\"Tom\"}; ok",
                "{$ref: '#/components/schemas/Cat', required: [name]}; {\"kind\":\"Cat\"}; refused",
                "{$ref: '#/components/schemas/Cat'}; {\"kind\":\"Cat\"}; ok",
            })
    void aDiscriminatorKeepsWhatStandsBesideTheReferences(String branch, String value, String expected) {
        for (String more : new String[] {"", ", {type: 'null'}"}) {
            // given: a choice that can be decided, and one that stays a choice
            ContractSchemas schemas = new ContractSchemas(
                    Documents.valid("""
                    paths: {/a: {get: {responses: {'200': {description: d}}}}}
                    components:
                      schemas:
                        Cat: {type: object, properties: {kind: {type: string}}}
                        Pet: {oneOf: [%s%s], discriminator: {propertyName: kind}}
                    """.formatted(branch, more)).root());

            // when
            boolean holds = schemas.at("/components/schemas/Pet")
                    .validateRequest(Json.treeIfJson(value).orElseThrow())
                    .isEmpty();

            // then
            assertThat(holds ? "ok" : "refused").isEqualTo(expected);
        }
    }
}
