package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.Parameter.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a valid document. */
class ServiceDocumentTest {

    @Test
    void titleAndVersionAreThoseOfInfo() {
        // when
        ServiceDocument document = Documents.valid("paths: {/a: {get: {responses: {'200': {description: d}}}}}");

        // then
        assertThat(document.title()).isEqualTo("Test");
        assertThat(document.version()).isEqualTo("1");
    }

    @Test
    void operationsComeInTheOrderOfTheDocument() {
        // when
        ServiceDocument document = Documents.valid("""
                paths:
                  /b: {post: {operationId: one, responses: {'200': {description: d}}}, get: {responses: {'200': {description: d}}}}
                  /a: {delete: {operationId: two, responses: {'200': {description: d}}}}
                """);

        // then
        assertThat(document.operations()).extracting(Operation::id).containsExactly("one", "GET /b", "two");
        assertThat(document.operations()).extracting(Operation::method).containsExactly("POST", "GET", "DELETE");
        assertThat(document.operations().get(2).pointer()).isEqualTo("/paths/~1a/delete");
    }

    @Test
    void anOperationHasThePathsParametersAndItsOwnGoFirst() {
        // when
        Operation operation = Documents.valid("""
                        paths:
                          /a/{id}:
                            parameters:
                              - {name: id, in: path, required: true, schema: {type: string}}
                              - {name: page, in: query, schema: {type: string}}
                              - {name: page, in: header}
                            get:
                              parameters:
                                - {name: page, in: query, required: true, style: pipeDelimited, schema: {type: integer}}
                              responses: {'200': {description: d}}
                        """).operations().getFirst();

        // then
        assertThat(operation.parameters()).extracting(Parameter::name).containsExactly("id", "page", "page");
        Parameter page = operation.parameters().get(1);
        assertThat(page.in()).isEqualTo(Location.QUERY);
        assertThat(page.required()).isTrue();
        assertThat(page.style()).isEqualTo(Style.PIPE_DELIMITED);
        assertThat(page.schemaPointer()).contains("/paths/~1a~1{id}/get/parameters/0/schema");
    }

    @ParameterizedTest
    @CsvSource({
        "path, SIMPLE, false",
        "query, FORM, true",
        "header, SIMPLE, false",
        "cookie, FORM, true",
    })
    void styleAndExplodeHaveTheDefaultsOfTheirPlace(String in, Style style, boolean explode) {
        // given
        String path = in.equals("path") ? "/{a}" : "/a";

        // when
        Parameter parameter = Documents.valid("""
                        paths:
                          %s: {get: {parameters: [{name: a, in: %s, required: true}], responses: {'200': {description: d}}}}
                        """.formatted(path, in))
                .operations()
                .getFirst()
                .parameters()
                .getFirst();

        // then
        assertThat(parameter.style()).isEqualTo(style);
        assertThat(parameter.explode()).isEqualTo(explode);
    }

    @Test
    void aParameterWithContentHasItsMediaTypeAndSchema() {
        // when
        Parameter parameter = Documents.checked(Documents.operation("""
                        parameters:
                          - name: filter
                            in: query
                            content: {application/json: {schema: {type: object}}}
                        responses: {'200': {description: d}}
                        """))
                .operations()
                .getFirst()
                .parameters()
                .getFirst();

        // then
        assertThat(parameter.mediaType()).contains("application/json");
        assertThat(parameter.schemaPointer()).contains("/paths/~1a/get/parameters/0/content/application~1json/schema");
    }

    @Test
    void referencesAreFollowedThroughEveryKindOfComponent() {
        // given
        String text = """
                paths:
                  /pets/{id}: {$ref: '#/components/pathItems/Pet'}
                components:
                  pathItems:
                    Pet:
                      parameters: [{$ref: '#/components/parameters/Id'}]
                      put:
                        requestBody: {$ref: '#/components/requestBodies/Pet'}
                        responses: {'200': {$ref: '#/components/responses/Pet'}}
                  parameters:
                    Id: {$ref: '#/components/parameters/Number'}
                    Number: {name: id, in: path, required: true, schema: {type: integer}}
                  requestBodies:
                    Pet: {required: true, content: {application/json: {schema: {type: object}}}}
                  responses:
                    Pet:
                      description: d
                      headers: {ETag: {$ref: '#/components/headers/ETag'}, Age: {schema: {type: integer}}}
                      content: {application/json: {examples: {max: {$ref: '#/components/examples/Max'}}}}
                  headers:
                    ETag: {required: true, schema: {type: string}}
                  examples:
                    Max: {value: {name: Max}}
                """;

        // when
        Operation operation = Documents.valid(text).operations().getFirst();

        // then
        assertThat(operation.parameters()).hasSize(1);
        assertThat(operation.body().orElseThrow().required()).isTrue();
        ResponseDeclaration response = operation.responses().get("200");
        assertThat(response).isNotNull();
        assertThat(response.headers())
                .filteredOn(Parameter::required)
                .extracting(Parameter::name)
                .containsExactly("ETag");
        assertThat(response.content().getFirst().example().orElseThrow().toString())
                .isEqualTo("{\"name\":\"Max\"}");
        assertThat(operation.pointer()).isEqualTo("/paths/~1pets~1{id}/put");
    }

    @Test
    void aReferenceMayPointIntoAPathWithEncodedBraces() {
        // when
        Operation operation = Documents.valid("""
                        paths:
                          /pets/{id}:
                            get:
                              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                              responses: {'200': {description: d}}
                            put:
                              parameters: [{$ref: '#/paths/~1pets~1%7Bid%7D/get/parameters/0'}]
                              responses: {'200': {description: d}}
                        """).operations().getLast();

        // then
        assertThat(operation.parameters()).extracting(Parameter::name).containsExactly("id");
    }

    @Test
    void securityOfAnOperationReplacesThatOfTheDocument() {
        // given
        ServiceDocument document = Documents.valid("""
                security: [{Key: []}]
                paths:
                  /inherits: {get: {responses: {'200': {description: d}}}}
                  /public: {get: {security: [], responses: {'200': {description: d}}}}
                  /own: {get: {security: [{OAuth: [read, write], Key: []}, {}], responses: {'200': {description: d}}}}
                components:
                  securitySchemes:
                    Key: {type: apiKey, in: cookie, name: key}
                    OAuth: {type: oauth2, flows: {}}
                """);

        // then
        assertThat(document.operations())
                .extracting(Operation::security)
                .containsExactly(
                        List.of(new SecurityRequirement(Map.of("Key", List.of()))),
                        List.of(),
                        List.of(
                                new SecurityRequirement(Map.of("OAuth", List.of("read", "write"), "Key", List.of())),
                                new SecurityRequirement(Map.of())));
    }

    @Test
    void everyKindOfSecuritySchemeIsRead() {
        // when
        ServiceDocument document = Documents.valid("""
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components:
                  securitySchemes:
                    H: {type: apiKey, in: header, name: X-Key}
                    Q: {type: apiKey, in: query, name: key}
                    B: {type: http, scheme: Bearer}
                    O: {type: oauth2, flows: {}}
                    I: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com/'}
                    M: {type: mutualTLS}
                """);

        // then
        assertThat(document.securitySchemes().values())
                .containsExactlyInAnyOrder(
                        new SecurityScheme.ApiKey("H", Location.HEADER, "X-Key"),
                        new SecurityScheme.ApiKey("Q", Location.QUERY, "key"),
                        new SecurityScheme.Http("B", "bearer"),
                        new SecurityScheme.OAuth2("O"),
                        new SecurityScheme.OpenIdConnect("I", "https://id.example.com/"),
                        new SecurityScheme.MutualTls("M"));
    }

    @Test
    void basePathsAreThoseOfTheServersEachOnce() {
        // when
        ServiceDocument document = Documents.valid("""
                servers:
                  - url: https://api.example.com/v1
                  - url: https://test.example.com/v1/
                  - url: /
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                """);

        // then
        assertThat(document.basePaths()).containsExactly("/v1", "");
    }

    @Test
    void withoutServersTheBaseIsTheRoot() {
        // when
        ServiceDocument document = Documents.valid("paths: {/a: {get: {responses: {'200': {description: d}}}}}");

        // then
        assertThat(document.basePaths()).containsExactly("");
    }

    @Test
    void encodingsOfAFormAreRead() {
        // when
        MediaTypeDeclaration form = Documents.checked(Documents.operation("""
                        requestBody:
                          content:
                            multipart/form-data:
                              schema: {type: object}
                              encoding:
                                file: {contentType: 'image/png, image/jpeg'}
                                tags: {style: pipeDelimited}
                                ids: {explode: false}
                        responses: {'200': {description: d}}
                        """))
                .operations()
                .getFirst()
                .body()
                .orElseThrow()
                .content()
                .getFirst();

        // then
        assertThat(form.encodings())
                .containsEntry(
                        "file",
                        new MediaTypeDeclaration.Encoding(
                                Optional.of("image/png, image/jpeg"), Style.FORM, true, false, List.of()))
                .containsEntry("tags", new MediaTypeDeclaration.Encoding(Optional.empty(), Style.PIPE_DELIMITED, false))
                .containsEntry("ids", new MediaTypeDeclaration.Encoding(Optional.empty(), Style.FORM, false));
    }

    @Test
    void anExampleGoesBeforeExamples() {
        // when
        ResponseDeclaration response = Documents.checked(Documents.operation("""
                        responses:
                          '200':
                            description: d
                            content:
                              application/json: {example: 1, examples: {a: {value: 2}}}
                              text/plain: {examples: {a: {value: two}, b: {value: three}}}
                              text/html: {}
                        """))
                .operations()
                .getFirst()
                .responses()
                .get("200");

        // then
        assertThat(response).isNotNull();
        assertThat(response.content())
                .extracting(content -> content.example().map(Object::toString).orElse("none"))
                .containsExactly("1", "\"two\"", "none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer, minimum: 0, exclusiveMinimum: true} | {\"type\":\"integer\",\"exclusiveMinimum\":0}",
                "{type: integer, minimum: 0, exclusiveMinimum: false} | {\"type\":\"integer\",\"minimum\":0}",
                "{type: number, maximum: 9, exclusiveMaximum: true} | {\"type\":\"number\",\"exclusiveMaximum\":9}",
                "{type: string, nullable: true} | {\"type\":[\"string\",\"null\"]}",
                "{type: string, nullable: false} | {\"type\":\"string\"}",
                "{type: string, enum: [a], nullable: true} | {\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}",
                "{nullable: true} | {}",
            })
    void schemasOfOpenApi30MeanTheSameIn31(String schema, String upgraded) {
        // given
        String text = """
                openapi: 3.0.3
                info: {title: t, version: '1'}
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {schemas: {S: %s}}
                """.formatted(schema);

        // when
        ServiceDocument document = Documents.checked(text);

        // then
        assertThat(document.root().at("/components/schemas/S").toString()).isEqualTo(upgraded);
    }

    @Test
    void aDocumentAsJsonIsWhatItsAuthorWrote() {
        // given
        String text = "openapi: 3.0.3\nx: {nullable: true, type: string}\n";

        // when
        String json = ServiceDocument.asJson(text);

        // then
        assertThat(json).isEqualTo("{\"openapi\":\"3.0.3\",\"x\":{\"nullable\":true,\"type\":\"string\"}}");
    }

    @Test
    void textThatIsNeitherYamlNorJsonHasNoJsonForm() {
        // then
        assertThatThrownBy(() -> ServiceDocument.asJson("a: [")).isInstanceOf(IllegalArgumentException.class);
    }
}
