package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a tree of YAML becomes settings, and what of YAML is refused. */
class FileSourceTreeTest {
    private static final SettingKey<String> NAME = SettingKey.of("a.name", "--name", ValueType.TEXT, null, "m");
    private static final SettingKey<String> LIST = SettingKey.of("a.list", "--list", ValueType.TEXT, (String) null, "m")
            .asList();
    private static final SettingKey<String> FAMILY =
            SettingKey.of("b.<x>.issuer", "--family", ValueType.TEXT, null, "m");
    private static final List<SettingKey<?>> KEYS = List.of(NAME, LIST, FAMILY);

    private final List<String> mistakes = new ArrayList<>();

    private FileSource read(String text) {
        return FileSource.of("f", text, KEYS, mistakes::add);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {name: x}",
                "a:\n  name: x",
                "a.name: x",
                "'a': {\"name\": 'x'}",
                "{\"a\": {\"name\": \"x\"}}",
                "a: {name: [x]}",
                "---\na: {name: x}\n...\n",
                "%YAML 1.2\n---\na: {name: x}",
                "\uFEFFa: {name: x}",
                "a: {name: &anchor x, list: *anchor}",
            })
    void oneSettingIsWrittenInManyWays(String text) {
        // then
        assertThat(read(text).find(NAME).map(Given::texts)).contains(List.of("x"));
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on | on",
                "0x10 | 0x10",
                "1e3 | 1e3",
                "'''007''' | 007",
                "true | true",
                "!!str 1 | 1",
                "2026-01-01 | 2026-01-01",
                "'\"a: b\"' | a: b",
            })
    void aValueIsTakenAsItStands(String yaml, String text) {
        // then
        assertThat(read("a: {name: " + yaml + "}").find(NAME)).contains(Given.of("f:1: a.name", text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[x, y]' | [x, y]",
                "'x, y' | [x, y]",
                "'\"x, y\"' | [x, y]",
                "'[\"x,y\"]' | [x, y]",
                "'[\"x,y\", z]' | [x,y, z]",
                "'[]' | []",
                "'[1, on]' | [1, on]",
            })
    void aListIsOneOfYamlOrATextWithCommas(String yaml, String texts) {
        // then
        assertThat(read("a:\n  list: " + yaml).find(LIST).orElseThrow().texts()).hasToString(texts);
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x, y]", "[]"})
    void oneValueIsNoListOfNoneOrTwo(String yaml) {
        // then
        assertThat(read("a: {name: " + yaml + "}").find(NAME)).isEmpty();
        assertThat(mistakes).containsExactly("f:1: a.name: has to be one value, not a list");
    }

    @Test
    void membersOfAFamilyAreFoundWithTheirLines() {
        // when
        FileSource source = read("b:\n  A: {issuer: x}\n  B.v1: {issuer: y}\n");

        // then
        assertThat(source.findEach(FAMILY))
                .containsEntry("A", Given.of("f:2: b.A.issuer", "x"))
                .containsEntry("B.v1", Given.of("f:3: b.B.v1.issuer", "y"))
                .hasSize(2);
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.name: x\\na: {name: y} | f:2: a.name is given twice",
                "a: {name: x}\\na: {name: y} | f:2: a.name is given twice",
                "a: {nam: x} | f:1: a.nam is not known; did you mean a.name?",
                "b: {A: {isuer: x}} | f:1: b.A.isuer is not known",
                "a: {quite-another: x} | f:1: a.quite-another is not known; there are a.name, a.list",
                "\\n\\na: {list: [x, [y]]} | f:3: an item of a.list has to be a plain value",
                "a: {list: [x, ~]} | f:1: an item of a.list has to be a plain value",
                "a: {name: ~} | f:1: a.name is empty",
                "a: {name: null} | f:1: a.name is empty",
                "? {x: y}\\n: z | f:1: a key has to be a plain word",
            })
    void aMistakeIsNamedWithItsLine(String text, String message) {
        // when
        read(text.replace("\\n", "\n"));

        // then
        assertThat(mistakes).anyMatch(mistake -> mistake.startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {name: x}\n---\na: {name: y}",
                "a: {name: *nowhere}",
                "a:\n\t name: x",
                "a: {name: x",
                "a: 'x",
                "a: \0",
                "a: {name: x}}",
            })
    void whatIsNotOneDocumentOfYamlIsRefused(String text) {
        // when
        FileSource source = read(text);

        // then
        assertThat(mistakes).singleElement().asString().matches("f:\\d+: is not YAML: .+|f: is not YAML: .+");
        assertThat(source.find(NAME)).isEmpty();
    }

    @Test
    void aTreeThatIsNamedTwiceIsRefusedSoThatNoSmallFileGrowsLarge() {
        // given
        StringBuilder bomb = new StringBuilder("x0: &x0 {a: b}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("x%d: &x%d {l: *x%d, r: *x%d}\n".formatted(i, i, i - 1, i - 1));
        }

        // when
        read(bomb.toString());

        // then
        assertThat(mistakes).singleElement().asString().startsWith("f: is not YAML: ");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        // when
        read("a:\n  list:\n" + ("  - " + "x".repeat(1000) + "\n").repeat(1100));

        // then
        assertThat(mistakes).singleElement().asString().startsWith("f: is not YAML: ");
    }

    @Test
    void noFileSaysNothing() {
        // then
        assertThat(FileSource.none().find(NAME)).isEmpty();
        assertThat(FileSource.none().findEach(FAMILY)).isEmpty();
    }
}
