package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A discriminator decides which schema of a choice holds, and violations are those of that schema alone. */
class DiscriminatorTest {
    private final ContractSchemas schemas =
            new ContractSchemas(Documents.valid("""
            paths: {/a: {get: {responses: {'200': {description: d}}}}}
            components:
              schemas:
                Mapped:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', hound: Dog, terrier: Dog}}
                Any:
                  anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: kind}
                Nested:
                  oneOf: [{$ref: '#/components/schemas/Any'}, {$ref: '#/components/schemas/Fish'}]
                  discriminator:
                    propertyName: class
                    mapping: {mammal: '#/components/schemas/Any', fish: '#/components/schemas/Fish'}
                Mixed:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: 'null'}]
                  discriminator: {propertyName: kind}
                Inside:
                  type: array
                  items: {$ref: '#/components/schemas/Mapped'}
                  minItems: 1
                Reached: {$ref: '#/components/schemas/Pointed/oneOf/0'}
                Pointed:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: kind}
                Cat: {type: object, required: [lives], properties: {kind: {type: string}, lives: {type: integer, maximum: 9}}}
                Dog: {type: object, required: [barks], properties: {kind: {type: string}, barks: {type: boolean}}}
                Fish: {type: object, properties: {class: {type: string}, fins: {type: integer}}}
                Owner:
                  type: object
                  required: [pet]
                  properties: {pet: {$ref: '#/components/schemas/Wild'}}
                Wild:
                  oneOf: [{$ref: '#/components/schemas/Chipped'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: kind}
                Chipped:
                  type: object
                  required: [id, pin]
                  properties:
                    id: {allOf: [{type: integer}], readOnly: true}
                    pin: {$ref: '#/components/schemas/Pin'}
                Pin: {type: string, writeOnly: true}
            """).root());

    private String words(String schema, String json) {
        return Shown.each(schemas.at("/components/schemas/" + schema)
                .validateRequest(JsonMapper.shared().readTree(json)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Mapped | {\"kind\":\"cat\",\"lives\":9} | ok",
                "Mapped | {\"kind\":\"Cat\",\"lives\":9} | ok",
                "Mapped | {\"kind\":\"hound\",\"barks\":true} | ok",
                "Mapped | {\"kind\":\"terrier\",\"barks\":true} | ok",
                "Mapped | {\"kind\":\"cat\",\"lives\":10} | /lives maximum",
                "Mapped | {\"kind\":\"hound\",\"lives\":3} | ` required`",
                "Mapped | {\"kind\":\"hound\",\"lives\":3,\"barks\":1} | /barks type",
                "Mapped | {\"kind\":\"cat\",\"lives\":1,\"barks\":true} | ok",
                "Mapped | {\"kind\":\"cow\",\"lives\":3} | /kind enum",
                "Mapped | {\"lives\":3} | ` required`",
                "Mapped | {\"kind\":null,\"lives\":3} | /kind enum",
                "Mapped | 3 | ` type`",
                "Any | {\"kind\":\"Dog\",\"barks\":false} | ok",
                "Any | {\"kind\":\"Dog\",\"lives\":3} | ` required`",
                "Nested | {\"class\":\"mammal\",\"kind\":\"Cat\",\"lives\":3} | ok",
                "Nested | {\"class\":\"mammal\",\"kind\":\"Cat\",\"lives\":30} | /lives maximum",
                "Nested | {\"class\":\"mammal\",\"kind\":\"Cow\"} | /kind enum",
                "Nested | {\"class\":\"fish\",\"fins\":2} | ok",
                "Nested | {\"class\":\"fish\",\"fins\":\"two\"} | /fins type",
                "Nested | {\"class\":\"stone\"} | /class enum",
                "Mixed | null | ok",
                "Mixed | {\"kind\":\"Cat\",\"lives\":3} | ok",
                "Inside | [{\"kind\":\"cat\",\"lives\":1},{\"kind\":\"cat\",\"lives\":11}] | /1/lives maximum",
                "Reached | {\"kind\":\"Cat\",\"lives\":3} | ok",
                "Pointed | {\"kind\":\"Dog\",\"barks\":true} | ok",
                "Owner | {\"pet\":{\"kind\":\"Chipped\",\"pin\":\"1234\"}} | ok",
                "Owner | {\"pet\":{\"kind\":\"Chipped\"}} | /pet required"
            })
    void theSchemaThatIsNamedHolds(String schema, String json, String expected) {
        assertThat(words(schema, json)).isEqualTo(expected);
    }

    @Test
    void aNameThatFitsAnotherSchemaDoesNotSaveTheValue() {
        // given: it holds to Cat, and calls itself a dog
        String json = "{\"kind\":\"Dog\",\"lives\":3}";

        // then
        assertThat(words("Mixed", json)).isNotEqualTo("ok");
        assertThat(words("Pointed", json)).isNotEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"pet\":{\"kind\":\"Chipped\",\"id\":7}} | ok",
                "{\"pet\":{\"kind\":\"Chipped\"}} | /pet required",
                "{\"pet\":{\"kind\":\"Chipped\",\"id\":7,\"pin\":\"1234\"}} | /pet/pin writeOnly"
            })
    void answersAreAskedForWhatTravelsBack(String json, String expected) {
        // when
        List<Violation> violations = schemas.at("/components/schemas/Owner")
                .validateResponse(JsonMapper.shared().readTree(json));

        // then
        assertThat(Shown.each(violations)).isEqualTo(expected);
    }
}
