package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.SchemaCompiler.Directions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What travels one way only is not required the other way, and all else is. */
class OneWayPropertiesTest {
    private static final String SHARED = ",'components':{'schemas':{'Id':{'type':'integer','readOnly':true},"
            + "'Alias':{'$ref':'#/components/schemas/Id'},'Plain':{'type':'string'}}}}";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static JsonNode document(String schema) {
        return json("{'S':" + schema + SHARED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'required':['a','b'],'properties':{'a':{'readOnly':true},'b':{}}}; ['b']",
                "{'required':['a','b'],'properties':{'a':{'readOnly':true},'b':{'readOnly':true}}}; []",
                "{'required':['a'],'properties':{'a':{'readOnly':false}}}; ['a']",
                "{'required':['a'],'properties':{'a':{'writeOnly':true},'b':{'readOnly':true}}}; ['a']",
                "{'required':['a'],'properties':{'b':{'readOnly':true}}}; ['a']",
                "{'required':['a'],'properties':{'a':{'$ref':'#/components/schemas/Id'}}}; []",
                "{'required':['a'],'properties':{'a':{'$ref':'#/components/schemas/Alias'}}}; []",
                "{'required':['a'],'properties':{'a':{'$ref':'#/components/schemas/Plain','readOnly':true}}}; []",
                "{'required':['a'],'properties':{'a':{'$ref':'#/components/schemas/Plain'}}}; ['a']",
                "{'required':['a'],'properties':{'a':{'$ref':'#/nowhere'}}}; ['a']",
                "{'required':['a'],'properties':{'a':{'properties':{'x':{'readOnly':true}}}}}; ['a']",
                "{'required':['a','a'],'properties':{'a':{'readOnly':true}}}; []",
            })
    void aPropertyThatIsOnlyReadIsNotAskedFor(String schema, String required) {
        // when
        JsonNode relaxed = OneWayProperties.optional(document(schema), "readOnly");

        // then
        assertThat(relaxed.at("/S/required")).isEqualTo(json(required));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'items':{'required':['a'],'properties':{'a':{'readOnly':true}}}}; /S/items/required; []",
                "{'allOf':[{'required':['a'],'properties':{'a':{'readOnly':true}}}]}; /S/allOf/0/required; []",
                "{'properties':{'o':{'required':['a'],'properties':{'a':{'readOnly':true}}}}}; /S/properties/o/required; []",
                "{'example':{'required':['a'],'properties':{'a':{'readOnly':true}}}}; /S/example/required; ['a']",
                "{'enum':[{'required':['a'],'properties':{'a':{'readOnly':true}}}]}; /S/enum/0/required; ['a']",
            })
    void schemasAreFoundWhereverTheyAreAndDataIsLeftAlone(String schema, String pointer, String required) {
        // when
        JsonNode relaxed = OneWayProperties.optional(document(schema), "readOnly");

        // then
        assertThat(relaxed.at(pointer)).isEqualTo(json(required));
    }

    @Test
    void theDocumentItselfKeepsWhatItRequires() {
        // given
        String schema = "{'required':['a'],'properties':{'a':{'readOnly':true}}}";
        JsonNode root = document(schema);

        // when
        OneWayProperties.optional(root, "readOnly");

        // then
        assertThat(root).isEqualTo(document(schema));
    }

    @Test
    void aDocumentWithoutTheFlagIsNotCopied() {
        // given
        JsonNode root = document("{'required':['a'],'properties':{'a':{'readOnly':true}}}");

        // then
        assertThat(OneWayProperties.optional(root, "writeOnly")).isSameAs(root);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'required':['a'],'properties':{'a':{}}}; true",
                "{'properties':{'a':{'readOnly':true}}}; true",
                "{'required':['b'],'properties':{'a':{'writeOnly':true},'b':{}}}; true",
                "{'required':['a'],'properties':{'a':{'readOnly':true}}}; false",
                "{'required':['a'],'properties':{'a':{'writeOnly':true}}}; false",
            })
    void oneCompilerServesBothWaysWhereThereIsNoDifference(String schema, boolean alike) {
        // when
        Directions directions =
                Directions.of(json("{'openapi':'3.1.0','components':{'schemas':{'S':" + schema + "}}}"));

        // then
        assertThat(directions.requests() == directions.responses()).isEqualTo(alike);
    }

    @Test
    void eachWayRequiresWhatTravelsThatWay() {
        // given
        Directions directions = Directions.of(
                json(
                        "{'openapi':'3.1.0','components':{'schemas':{'S':{'type':'object',"
                                + "'required':['id','name','pin'],'properties':{'id':{'readOnly':true},'name':{},'pin':{'writeOnly':true}}}}}}"));

        // then
        assertThat(directions.requests().root().at("/components/schemas/S/required"))
                .isEqualTo(json("['name','pin']"));
        assertThat(directions.responses().root().at("/components/schemas/S/required"))
                .isEqualTo(json("['id','name']"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "default", "example", "examples", "enum", "const", "mapping", "x-name"})
    void aPropertyMayHaveTheNameOfAKeyword(String name) {
        // given
        String inner = "{'required':['a','b'],'properties':{'a':{'readOnly':true},'b':{}}}";

        // when
        JsonNode property =
                OneWayProperties.optional(document("{'properties':{'" + name + "':" + inner + "}}"), "readOnly");
        JsonNode component = OneWayProperties.optional(
                json("{'components':{'schemas':{'" + name + "':" + inner + "}}}"), "readOnly");

        // then
        assertThat(property.at("/S/properties/" + name + "/required")).isEqualTo(json("['b']"));
        assertThat(component.at("/components/schemas/" + name + "/required")).isEqualTo(json("['b']"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'allOf':[{'$ref':'#/components/schemas/Base'}],'required':['id','b']}; /required; ['b']",
                "{'allOf':[{'$ref':'#/components/schemas/Base'},{'required':['id','b']}]}; /allOf/1/required; ['b']",
                "{'allOf':[{'allOf':[{'$ref':'#/components/schemas/Base'}]}],'required':['id']}; /required; []",
                "{'anyOf':[{'$ref':'#/components/schemas/Base'}],'required':['id']}; /required; ['id']",
                "{'allOf':[{'$ref':'#/S'}],'properties':{'a':{'readOnly':true}},'required':['a']}; /required; []",
                "{'$ref':'#/components/schemas/Base','required':['id','b']}; /required; ['b']",
                "{'$ref':'#/components/schemas/Alias','required':['id','b']}; /required; ['b']",
                "{'$ref':'#/components/schemas/More','required':['id','key','b']}; /required; ['b']",
                "{'$ref':'#/S','required':['id']}; /required; ['id']",
                "{'$ref':'#/nowhere','required':['id']}; /required; ['id']",
                "{'required':['a'],'properties':{'a':{'$ref':'#/components/schemas/Through'}}}; /required; []",
                "{'allOf':[{'$ref':'#/components/schemas/Base','required':['id']}]}; /allOf/0/required; []",
            })
    void whatAnotherPartOfTheWholeDeclaresCountsToo(String schema, String pointer, String required) {
        // given
        JsonNode root =
                json("{'S':" + schema + ",'components':{'schemas':{'Base':{'properties':{'id':{'readOnly':true}}},"
                        + "'Alias':{'$ref':'#/components/schemas/Base'},'Plain':{'type':'string'},"
                        + "'Through':{'$ref':'#/components/schemas/Plain','readOnly':true},"
                        + "'More':{'$ref':'#/components/schemas/Base','properties':{'key':{'readOnly':true}}}}}}");

        // then
        assertThat(OneWayProperties.optional(root, "readOnly").at("/S" + pointer))
                .isEqualTo(json(required));
    }
}
