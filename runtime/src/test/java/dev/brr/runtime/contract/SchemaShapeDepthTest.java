package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.References;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the reading of shapes ends, and which of several shapes goes first. */
class SchemaShapeDepthTest {

    private static SchemaShape shape(String schemas) {
        return SchemaShape.of(new References(Json.treeIfJson(schemas).orElseThrow()), "/S");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "4, true", "5, false", "50, false"})
    void itemsAreKnownAsDeepAsTextReaches(int depth, boolean known) {
        // given
        String nested = "{\"items\":".repeat(depth) + "{\"type\":\"integer\"}" + "}".repeat(depth);

        // when
        SchemaShape at = shape("{\"S\":" + nested + "}");
        for (int i = 0; i < depth; i++) {
            at = at.item(0);
        }

        // then
        assertThat(at.allows(ValueType.INTEGER)).isEqualTo(known);
    }

    @Test
    void schemasThatReferToEachOtherManyTimesOverAreReadToAnEnd() {
        // given: fifty properties, each of which is the whole schema again
        String properties = IntStream.range(0, 50)
                .mapToObj(i -> "\"p" + i + "\":{\"$ref\":\"#/S\"}")
                .collect(Collectors.joining(","));

        // when
        SchemaShape shape = shape("{\"S\":{\"properties\":{" + properties + "}}}");

        // then
        assertThat(shape.properties()).hasSize(50);
        assertThat(shape.allows(ValueType.OBJECT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allOf", "oneOf", "anyOf"})
    void theSchemasOwnPropertyGoesBeforeThatOfABranch(String keyword) {
        // given
        SchemaShape shape =
                shape("{\"S\":{\"properties\":{\"a\":{\"type\":\"integer\"}},\"items\":{\"type\":\"null\"},\""
                        + keyword + "\":[{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"boolean\"}},"
                        + "\"items\":{\"type\":\"string\"}}]}}");

        // then
        assertThat(shape.properties().getOrDefault("a", SchemaShape.ANY).types())
                .containsExactly(ValueType.INTEGER);
        assertThat(shape.properties().getOrDefault("b", SchemaShape.ANY).types())
                .containsExactly(ValueType.BOOLEAN);
        assertThat(shape.item(0).types()).containsExactly(ValueType.NULL);
    }

    @Test
    void bytesInABranchMakeTheWholeBytes() {
        // then
        assertThat(shape("{\"S\":{\"oneOf\":[{\"type\":\"string\"},{\"format\":\"binary\"}]}}")
                        .binary())
                .isTrue();
    }

    @Test
    void aPropertyWhoseNameHasToBeEscapedIsFound() {
        // given
        SchemaShape shape =
                shape("{\"S\":{\"properties\":{\"a/b\":{\"type\":\"integer\"},\"c~d\":{\"type\":\"null\"}}}}");

        // then
        assertThat(shape.properties().getOrDefault("a/b", SchemaShape.ANY).types())
                .containsExactly(ValueType.INTEGER);
        assertThat(shape.properties().getOrDefault("c~d", SchemaShape.ANY).types())
                .containsExactly(ValueType.NULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$ref\":\"#/S\"} | 0",
                "{\"type\":\"thing\"} | 0",
                "{\"type\":7} | 0",
                "{\"type\":[]} | 0",
                "{\"type\":[\"thing\",\"string\"]} | 1",
                "{\"const\":{}} | 1",
                "{\"const\":[]} | 1",
                "{\"enum\":[]} | 0",
            })
    void aTypeThatIsNoneAllowsNothingInParticular(String schema, int types) {
        // then
        assertThat(shape("{\"S\":" + schema + "}").types()).hasSize(types);
    }
}
