package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.ServiceDocument;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContractSchemasTest {
    private final ServiceDocument document = Documents.valid("""
            paths: {/a: {get: {responses: {'200': {description: d}}}}}
            components:
              schemas:
                Account:
                  type: object
                  required: [id, name, password]
                  properties:
                    id: {type: integer, readOnly: true}
                    name: {type: string}
                    password: {type: string, writeOnly: true}
                Tree:
                  type: object
                  additionalProperties: false
                  properties:
                    value: {type: integer}
                    children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
                Animal:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: kind}
                Cat: {type: object, required: [kind, lives], properties: {kind: {const: Cat}, lives: {type: integer}}}
                Dog: {type: object, required: [kind, barks], properties: {kind: {const: Dog}, barks: {type: boolean}}}
                Anchored: {$ref: '#leaf'}
                Leaf: {$anchor: leaf, type: integer}
                Both: {allOf: [{$ref: '#/components/schemas/Cat'}], unevaluatedProperties: false}
                List: {prefixItems: [{type: integer}, {type: string}], items: false}
                Conditional: {if: {properties: {a: {const: 1}}, required: [a]}, then: {required: [b]}, else: {required: [c]}}
                Tuple: {type: array, contains: {type: integer}, minContains: 2}
                Words: {type: object, propertyNames: {pattern: '^[a-z]+$'}, minProperties: 1}
            """);
    private final ContractSchemas schemas = new ContractSchemas(document.root());

    private ContractSchema schema(String name) {
        return schemas.at("/components/schemas/" + name);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Tree | {\"value\":1,\"children\":[{\"value\":2,\"children\":[]}]} | ok",
                "Tree | {\"children\":[{\"children\":[{\"value\":\"x\"}]}]} | /children/0/children/0/value type",
                "Tree | {\"more\":1} | ` additionalProperties`",
                "Animal | {\"kind\":\"Cat\",\"lives\":9} | ok",
                "Animal | {\"kind\":\"Dog\",\"barks\":true} | ok",
                "Anchored | 5 | ok",
                "Anchored | \"x\" | ` type`",
                "Both | {\"kind\":\"Cat\",\"lives\":9} | ok",
                "Both | {\"kind\":\"Cat\",\"lives\":9,\"more\":1} | ` unevaluatedProperties`",
                "List | [1,\"a\"] | ok",
                "List | [1,\"a\",2] | ` items`",
                "Conditional | {\"a\":1,\"b\":2} | ok",
                "Conditional | {\"a\":1} | ` required`",
                "Conditional | {\"c\":1} | ok",
                "Tuple | [1,\"a\",2] | ok",
                "Words | {\"abc\":1} | ok",
                "Words | {} | ` minProperties`",
            })
    void theKeywordsOfTheDialectHold(String name, String value, String outcome) {
        // then
        assertThat(Shown.each(schema(name).validateRequest(json(value)))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Animal | {\"kind\":\"Cat\",\"barks\":true}",
                "Animal | {\"kind\":\"Fish\"}",
                "Animal | {}",
                "Tuple | [1,\"a\"]",
                "Words | {\"ABC\":1}",
            })
    void whatFitsNoBranchIsRefused(String name, String value) {
        // then
        assertThat(schema(name).validateRequest(json(value))).isNotEmpty();
    }

    @Test
    void aRequestNeedNotHaveWhatIsReadOnly() {
        // then
        assertThat(Shown.each(schema("Account").validateRequest(json("{\"name\":\"a\",\"password\":\"b\"}"))))
                .isEqualTo("ok");
        assertThat(Shown.each(schema("Account").validateRequest(json("{\"name\":\"a\"}"))))
                .isEqualTo(" required");
    }

    @Test
    void anAnswerNeedNotHaveWhatIsWriteOnly() {
        // then
        assertThat(Shown.each(schema("Account").validateResponse(json("{\"id\":1,\"name\":\"a\"}"))))
                .isEqualTo("ok");
        assertThat(Shown.each(schema("Account").validateResponse(json("{\"name\":\"a\"}"))))
                .isEqualTo(" required");
    }

    @Test
    void anAnswerMustNotHaveWhatIsWriteOnly() {
        // then
        assertThat(Shown.each(schema("Account").validateResponse(json("{\"id\":1,\"name\":\"a\",\"password\":\"b\"}"))))
                .isEqualTo("/password writeOnly");
    }

    @Test
    void aSchemaIsCompiledOnce() {
        // then
        assertThat(schema("Tree")).isSameAs(schema("Tree"));
    }

    @Test
    void aClientLearnsOfSixtyFourViolationsAndNoMore() {
        // given
        String children = "{\"value\":\"x\"},".repeat(200);
        JsonNode value = json("{\"children\":[" + children.substring(0, children.length() - 1) + "]}");

        // then
        assertThat(schema("Tree").validateRequest(value)).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: string, format: uuid} | \"x\"",
                "{type: string, format: email} | \"x\"",
                "{type: string, format: date-time} | \"x\"",
                "{type: integer, format: int32} | 3000000000",
                "{type: array, items: {type: string, format: ipv4}} | [\"x\"]",
            })
    void formatsAreHeldToUnlessTheyAreSwitchedOff(String schema, String value) {
        // given
        JsonNode root = Documents.valid("""
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {schemas: {S: %s}}
                """.formatted(schema)).root();
        JsonNode json = Json.MAPPER.readTree(value);

        // when
        ContractSchema strict = new ContractSchemas(root, true).at("/components/schemas/S");
        ContractSchema lenient = new ContractSchemas(root, false).at("/components/schemas/S");

        // then
        assertThat(strict.validateRequest(json)).extracting(Violation::keyword).containsExactly("format");
        assertThat(strict.validateResponse(json)).extracting(Violation::keyword).containsExactly("format");
        assertThat(lenient.validateRequest(json)).isEmpty();
        assertThat(lenient.validateResponse(json)).isEmpty();
    }

    @RepeatedTest(20)
    void aSchemaThatManyNeedForTheFirstTimeAtOnceJudgesForAll() throws Exception {
        // given
        var fresh = new ContractSchemas(document.root());
        var account = fresh.at("/components/schemas/Account");
        var dog = fresh.at("/components/schemas/Dog");
        var begin = new CountDownLatch(1);

        try (var threads = Executors.newFixedThreadPool(8)) {
            // when
            var verdicts = IntStream.range(0, 16)
                    .mapToObj(number -> threads.submit(() -> {
                        begin.await();
                        return number % 2 == 0
                                ? Shown.each(account.validateRequest(json("{\"name\":1}")))
                                : Shown.each(dog.validateResponse(json("{\"kind\":\"Cat\"}")));
                    }))
                    .toList();
            begin.countDown();

            // then
            for (int number = 0; number < 16; number++) {
                assertThat(verdicts.get(number).get())
                        .isEqualTo(number % 2 == 0 ? " required, /name type" : " required, /kind const");
            }
        }
    }
}
