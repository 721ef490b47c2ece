package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ReferencesTest {
    private final References references = new References(JsonMapper.shared().readTree("""
            {"end": {"v": 1}, "one": {"$ref": "#/end"}, "two": {"$ref": "#/one"}, "self": {"$ref": "#/self"},
             "ring": {"$ref": "#/gnir"}, "gnir": {"$ref": "#/ring"}, "gone": {"$ref": "#/nowhere"},
             "to gone": {"$ref": "#/gone"}, "number": {"$ref": 7}, "list": [{"v": 2}, {"$ref": "#/list/0"}],
             "a/b": {"c~d": {"v": 3}}, "{id}": {"v": 4}, "a+b": {"v": 5}, "": {"v": 6}, "é": {"v": 7}, "%41": {"v": 8}}
            """));

    @ParameterizedTest
    @CsvSource({"/end, /end", "/one, /end", "/two, /end", "/list/1, /list/0", "/number, /number", "/end/v, /end/v"})
    void aChainEndsAtWhatIsNoReference(String from, String to) {
        // then
        assertThat(references.follow(from)).contains(to);
        assertThat(references.node(from)).isEqualTo(references.node(to)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/self", "/ring", "/gone", "/to gone", "/nowhere", "/end/v/w", "/list/2", "/list/x", "/list/-1"})
    void aChainThatIsBrokenOrARingLeadsNowhere(String from) {
        // then
        assertThat(references.follow(from)).isEmpty();
        assertThat(references.node(from)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/end; /end",
                "/one; /one /end",
                "/two; /two /one /end",
                "/list/1; /list/1 /list/0",
                "/number; /number",
                "/self; ''",
                "/ring; ''",
                "/to gone; ''",
                "/nowhere; ''",
            })
    void aChainNamesAllThatAValueHasToHoldTo(String from, String pointers) {
        // then
        assertThat(String.join(" ", references.chain(from).sequencedKeySet())).isEqualTo(pointers);
    }

    @ParameterizedTest
    @CsvSource({
        "#/end, 1",
        "#/list/0, 2",
        "#/a~1b/c~0d, 3",
        "#/{id}, 4",
        "#/%7Bid%7D, 4",
        "#/%7bid%7d, 4",
        "#/a+b, 5",
        "#/a%2Bb, 5",
        "#/, 6",
        "#/%C3%A9, 7",
        "#/é, 7",
        "#/%2541, 8",
    })
    void aReferenceIsDecodedAndUnescaped(String reference, int value) {
        // then
        assertThat(references.target(reference).orElseThrow().node().path("v").intValue())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#end", "end", "/end", "", "other.yaml#/end", "#/end/", "#//end", "#/%zz", "#/%4", "#/END"})
    void whatIsNoPointerToAValueFindsNothing(String reference) {
        // then
        assertThat(references.target(reference)).isEmpty();
    }

    @Test
    void theDocumentItselfCanBeMeant() {
        // then
        assertThat(references.target("#").orElseThrow().pointer()).isEmpty();
    }

    private static String members(String kind, String components) {
        return """
                paths:
                  /a:
                    get:
                      parameters: [{$ref: '#/components/parameters/%s'}]
                      requestBody: {$ref: '#/components/requestBodies/%s'}
                      responses:
                        '200': {$ref: '#/components/responses/%s'}
                        '404':
                          description: d
                          headers: {H: {$ref: '#/components/headers/%s'}}
                          links: {l: {$ref: '#/components/links/%s'}}
                          content:
                            application/json:
                              schema: {$ref: '#/components/schemas/%s'}
                              examples: {e: {$ref: '#/components/examples/%s'}}
                      callbacks: {c: {$ref: '#/components/callbacks/%s'}}
                  /b: {$ref: '#/components/pathItems/%s'}
                """.replace("%s", kind) + components;
    }

    private static final String EVERY_KIND = """
            components:
              parameters: {First: {name: q, in: query, schema: {type: string}}, Second: {$ref: '#/components/parameters/First'}}
              requestBodies: {First: {content: {text/plain: {}}}, Second: {$ref: '#/components/requestBodies/First'}}
              responses: {First: {description: d}, Second: {$ref: '#/components/responses/First'}}
              headers: {First: {schema: {type: string}}, Second: {$ref: '#/components/headers/First'}}
              links: {First: {operationId: x}, Second: {$ref: '#/components/links/First'}}
              schemas: {First: {type: integer}, Second: {$ref: '#/components/schemas/First'}}
              examples: {First: {value: 1}, Second: {$ref: '#/components/examples/First'}}
              callbacks: {First: {}, Second: {$ref: '#/components/callbacks/First'}}
              pathItems: {First: {get: {responses: {'200': {description: d}}}}, Second: {$ref: '#/components/pathItems/First'}}
              securitySchemes: {First: {type: http, scheme: basic}, Second: {$ref: '#/components/securitySchemes/First'}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"First", "Second"})
    void everyKindOfComponentIsFoundDirectlyAndThroughAnother(String name) {
        // when
        ServiceDocument document = Documents.valid(members(name, EVERY_KIND));

        // then
        Operation operation = document.operations().getFirst();
        assertThat(document.operations()).extracting(Operation::id).containsExactly("GET /a", "GET /b");
        assertThat(operation.parameters()).extracting(Parameter::name).containsExactly("q");
        assertThat(operation.body().orElseThrow().content()).hasSize(1);
        assertThat(operation.responses()).containsOnlyKeys("200", "404");
        assertThat(document.securitySchemes().get("Second")).isEqualTo(new SecurityScheme.Http("Second", "basic"));
    }

    @Test
    void eachReferenceToAMissingComponentIsNamedOnce() {
        // when
        var problems = Documents.problems(members("Lost", EVERY_KIND));

        // then
        assertThat(problems)
                .extracting(DocumentProblem::message)
                .containsExactlyInAnyOrder(
                        "$ref to #/components/parameters/Lost finds nothing",
                        "$ref to #/components/requestBodies/Lost finds nothing",
                        "$ref to #/components/responses/Lost finds nothing",
                        "$ref to #/components/headers/Lost finds nothing",
                        "$ref to #/components/links/Lost finds nothing",
                        "$ref to #/components/schemas/Lost finds nothing",
                        "$ref to #/components/examples/Lost finds nothing",
                        "$ref to #/components/callbacks/Lost finds nothing",
                        "$ref to #/components/pathItems/Lost finds nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parameters",
                "requestBodies",
                "responses",
                "headers",
                "links",
                "schemas",
                "examples",
                "callbacks",
                "pathItems",
                "securitySchemes"
            })
    void aRingOfComponentsIsAProblemAtEachOfThem(String kind) {
        // given
        String reference = "{$ref: '#/components/" + kind + "/%s'}";

        // when
        var problems = Documents.problems("paths: {/a: {get: {responses: {'200': {description: d}}}}}\ncomponents:\n  "
                + kind + ": {A: " + reference.formatted("B") + ", B: " + reference.formatted("A") + "}\n");

        // then
        assertThat(problems)
                .extracting(DocumentProblem::pointer)
                .contains("/components/" + kind + "/A/$ref", "/components/" + kind + "/B/$ref");
        assertThat(problems)
                .extracting(DocumentProblem::message)
                .anySatisfy(message -> assertThat(message).endsWith("leads back to itself"));
    }
}
