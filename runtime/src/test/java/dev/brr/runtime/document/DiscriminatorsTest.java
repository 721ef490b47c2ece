package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a choice with a discriminator, before a validator reads it. */
class DiscriminatorsTest {
    private static final String CHOICE =
            "[{'$ref':'#/components/schemas/Dog'},{'$ref':'#/components/schemas/Cat'}],'discriminator':{'propertyName':'kind'}";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static JsonNode document(String schema) {
        return json("{'components':{'schemas':{'S':" + schema + ",'Cat':{},'Dog':{}}}}");
    }

    private static JsonNode applied(String schema) {
        return Discriminators.applied(document(schema)).at("/components/schemas/S");
    }

    private static String named(String... values) {
        return "'type':'object','required':['kind'],'properties':{'kind':{'enum':['" + String.join("','", values)
                + "']}}";
    }

    private static String decision(String schema, String... values) {
        return "{'if':{" + named(values) + "},'then':{'$ref':'#/components/schemas/" + schema + "'}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"oneOf", "anyOf"})
    void aChoiceAmongReferencesBecomesOneDecisionForEach(String keyword) {
        // when
        JsonNode schema = applied("{'" + keyword + "':" + CHOICE + "}");

        // then
        assertThat(schema.has(keyword)).isFalse();
        assertThat(schema.get("allOf"))
                .isEqualTo(json("[{" + named("Dog", "Cat") + "}," + decision("Dog", "Dog") + ","
                        + decision("Cat", "Cat") + "]"));
    }

    @Test
    void aMappingAddsNamesToTheSchemasOwn() {
        // when
        JsonNode schema = applied("{'oneOf':"
                + CHOICE.replace(
                        "'kind'}",
                        "'kind','mapping':{'tom':'Cat',"
                                + "'rex':'#/components/schemas/Dog','ace':'Dog','cow':'Cow','far':'other.yaml#/Cat'}}")
                + "}");

        // then: those of schemas that are not in the choice name nothing
        assertThat(schema.get("allOf"))
                .isEqualTo(json("[{" + named("Dog", "ace", "rex", "Cat", "tom") + "},"
                        + decision("Dog", "Dog", "ace", "rex") + "," + decision("Cat", "Cat", "tom") + "]"));
    }

    @Test
    void whatAllHadToHoldBeforeStillHasTo() {
        // when
        JsonNode schema = applied("{'allOf':[{'minProperties':2}],'description':'d','oneOf':" + CHOICE + "}");

        // then
        assertThat(schema.get("allOf")).hasSize(4);
        assertThat(schema.at("/allOf/0")).isEqualTo(json("{'minProperties':2}"));
        assertThat(schema.path("description").asString()).isEqualTo("d");
    }

    @Test
    void anInlineSchemaKeepsTheChoiceAndReferencesAreBoundToTheirNames() {
        // when
        JsonNode schema = applied("{'oneOf':[{'$ref':'#/components/schemas/Cat'},{'type':'null'}],"
                + "'discriminator':{'propertyName':'kind'}}");

        // then
        assertThat(schema.get("oneOf"))
                .isEqualTo(json(
                        "[{'allOf':[{'$ref':'#/components/schemas/Cat'},{" + named("Cat") + "}]},{'type':'null'}]"));
    }

    @Test
    void aBranchThatIsReferredToStaysWhereItIs() {
        // given: another schema points into the choice
        JsonNode root = json("{'components':{'schemas':{'S':{'oneOf':" + CHOICE + "},'Cat':{},'Dog':{},"
                + "'Other':{'$ref':'#/components/schemas/S/oneOf/0'}}}}");

        // when
        JsonNode applied = Discriminators.applied(root);

        // then
        assertThat(new References(applied).node("/components/schemas/Other").orElseThrow())
                .isEqualTo(json("{'allOf':[{'$ref':'#/components/schemas/Dog'},{" + named("Dog") + "}]}"));
    }

    @Test
    void aChoiceInsideAPropertyOrAListIsFoundAsWell() {
        // when
        JsonNode schema = applied(
                "{'properties':{'pets':{'items':{'oneOf':" + CHOICE + "}}},'allOf':[{'anyOf':" + CHOICE + "}]}");

        // then
        assertThat(schema.at("/properties/pets/items/allOf")).hasSize(3);
        assertThat(schema.at("/allOf/0/allOf")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'oneOf':[{'$ref':'#/components/schemas/Cat'}]}",
                "{'oneOf':[{'$ref':'#/components/schemas/Cat'}],'discriminator':{}}",
                "{'oneOf':[{'$ref':'#/components/schemas/Cat'}],'discriminator':{'propertyName':''}}",
                "{'oneOf':[],'discriminator':{'propertyName':'kind'}}",
                "{'discriminator':{'propertyName':'kind'}}",
                "{'allOf':[{'$ref':'#/components/schemas/Cat'}],'discriminator':{'propertyName':'kind'}}",
                "{'example':{'oneOf':[{'$ref':'#/a'}],'discriminator':{'propertyName':'kind'}}}",
                "{'x-more':{'oneOf':[{'$ref':'#/a'}],'discriminator':{'propertyName':'kind'}}}",
                "{'properties':{'discriminator':{'type':'string'}}}",
            })
    void whatIsNoChoiceByNameIsLeftAsItIs(String schema) {
        // then
        assertThat(applied(schema)).isEqualTo(json(schema));
    }

    @Test
    void theDocumentItselfIsNotChanged() {
        // given
        JsonNode root = document("{'oneOf':" + CHOICE + "}");

        // when
        JsonNode applied = Discriminators.applied(root);

        // then
        assertThat(root).isEqualTo(document("{'oneOf':" + CHOICE + "}")).isNotEqualTo(applied);
    }

    @Test
    void aDocumentWithoutDiscriminatorsIsNotCopied() {
        // given
        JsonNode root = document("{'oneOf':[{'$ref':'#/components/schemas/Cat'}]}");

        // then
        assertThat(Discriminators.applied(root)).isSameAs(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "default", "example", "examples", "enum", "const", "x-name"})
    void aPropertyOrComponentMayHaveTheNameOfAKeyword(String name) {
        // when
        JsonNode property = applied("{'properties':{'" + name + "':{'oneOf':" + CHOICE + "}}}")
                .at("/properties/" + name);
        JsonNode component = Discriminators.applied(
                        json("{'components':{'schemas':{'" + name + "':{'oneOf':" + CHOICE + "}}}}"))
                .at("/components/schemas/" + name);

        // then
        assertThat(property.has("oneOf")).isFalse();
        assertThat(property).isEqualTo(component);
    }
}
