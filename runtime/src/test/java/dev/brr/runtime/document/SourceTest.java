package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** How YAML and JSON text become a tree with lines. */
class SourceTest {

    @Nested
    class Yaml {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "text | \"text\"",
                    "'12' | \"12\"",
                    "12 | 12",
                    "-7 | -7",
                    "0x1f | 31",
                    "0o17 | 15",
                    "2147483648 | 2147483648",
                    "123456789012345678901234567890 | 123456789012345678901234567890",
                    "1.50 | 1.50",
                    "1e3 | 1E+3",
                    "true | true",
                    "False | false",
                    "yes | \"yes\"",
                    "~ | null",
                    "null | null",
                    "2026-01-01 | \"2026-01-01\"",
                    "3.1.0 | \"3.1.0\"",
                    "[1, a] | [1,\"a\"]",
                    "{a: {b: []}} | {\"a\":{\"b\":[]}}",
                    "{200: ok} | {\"200\":\"ok\"}",
                    "{true: ok} | {\"true\":\"ok\"}",
                })
        void scalarsFollowTheCoreSchema(String yaml, String json) throws SyntaxException {
            // when
            SourceTree tree = YamlSource.read(yaml);

            // then
            assertThat(JsonMapper.shared().writeValueAsString(tree.root())).isEqualTo(json);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{<<: *a, y: 3} | {\"x\":1,\"y\":3}",
                    "{y: 3, <<: *a} | {\"y\":3,\"x\":1}",
                    "{<<: [*b, *a]} | {\"z\":4,\"x\":1,\"y\":2}",
                    "{<<: {x: 5}} | {\"x\":5}",
                    "{\"<<\": 5} | {\"<<\":5}",
                })
        void mergeKeysOfYaml11AreFollowedForThoseWhoWriteThem(String merged, String json) throws SyntaxException {
            // when
            SourceTree tree = YamlSource.read("a: &a {x: 1, y: 2}\nb: &b {z: 4}\nc: " + merged);

            // then
            assertThat(tree.root().get("c")).isEqualTo(JsonMapper.shared().readTree(json));
            assertThat(tree.line("/c")).isEqualTo(3);
        }

        @Test
        void aKeyStandsOnItsLineAndAnItemOnIts() throws SyntaxException {
            // given
            String yaml = """
                    a:
                      b: 1
                      c:
                        - x
                        -
                          d: y
                    """;

            // when
            SourceTree tree = YamlSource.read(yaml);

            // then
            assertThat(tree.line("/a")).isEqualTo(1);
            assertThat(tree.line("/a/b")).isEqualTo(2);
            assertThat(tree.line("/a/c")).isEqualTo(3);
            assertThat(tree.line("/a/c/0")).isEqualTo(4);
            assertThat(tree.line("/a/c/1/d")).isEqualTo(6);
        }

        @Test
        void whatIsMissingStandsWhereItWouldBe() throws SyntaxException {
            // given
            SourceTree tree = YamlSource.read("a:\n  b: 1\n");

            // then
            assertThat(tree.line("/a/c/d")).isEqualTo(1);
            assertThat(tree.line("/z")).isEqualTo(1);
        }

        @Test
        void aNumberThatJsonDoesNotKnowIsRefused() {
            // then
            assertThatThrownBy(() -> YamlSource.read("a:\n  b: .inf\n"))
                    .isInstanceOfSatisfying(
                            SyntaxException.class,
                            e -> assertThat(e.problems())
                                    .containsExactly(
                                            new DocumentProblem(2, "/a/b", ".inf is no number that JSON knows")));
        }

        @Test
        void aKeyThatIsAListIsRefused() {
            // then
            assertThatThrownBy(() -> YamlSource.read("? [a, b]\n: 1\n"))
                    .isInstanceOfSatisfying(
                            SyntaxException.class,
                            e -> assertThat(e.problems())
                                    .extracting(DocumentProblem::message)
                                    .containsExactly("a key has to be a plain value, not a list or map"));
        }

        @Test
        void aliasesThatGrowWithoutBoundAreRefused() {
            // given
            StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 9; i++) {
                laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
            }

            // then
            assertThatThrownBy(() -> YamlSource.read(laughs.toString()))
                    .isInstanceOf(SyntaxException.class)
                    .hasMessageContaining("has more than 500000 values");
        }

        @Test
        void nestingWithoutEndIsRefused() {
            // given
            String deep = "[".repeat(5000) + "]".repeat(5000);

            // then
            assertThatThrownBy(() -> YamlSource.read(deep)).isInstanceOf(SyntaxException.class);
        }

        @Test
        void everyRepeatedKeyIsNamed() {
            // then
            assertThatThrownBy(() -> YamlSource.read("a: 1\nb: 2\na: 3\nb: 4\n"))
                    .isInstanceOfSatisfying(
                            SyntaxException.class,
                            e -> assertThat(e.problems())
                                    .extracting(DocumentProblem::line)
                                    .containsExactly(3, 4));
        }
    }

    @Nested
    class Json {

        @Test
        void valuesStandOnTheirLines() throws SyntaxException {
            // given
            String json = """
                    {
                      "a": {
                        "b": 1
                      },
                      "c": [
                        true,
                        {"d": null}
                      ]
                    }
                    """;

            // when
            SourceTree tree = JsonSource.read(json);

            // then
            assertThat(tree.line("/a")).isEqualTo(2);
            assertThat(tree.line("/a/b")).isEqualTo(3);
            assertThat(tree.line("/c/0")).isEqualTo(6);
            assertThat(tree.line("/c/1/d")).isEqualTo(7);
            assertThat(tree.root().at("/c/1/d").isNull()).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {"{\"a\" 1} | 1", "{\"a\": tru} | 1", "[1, 2 | 1", "{\"a\": 1}x | 1", "\"\\x\" | 1"})
        void brokenTextIsRefusedWithItsLine(String json, int line) {
            // then
            assertThatThrownBy(() -> JsonSource.read(json)).isInstanceOfSatisfying(SyntaxException.class, e -> {
                assertThat(e.problems()).hasSize(1);
                assertThat(e.problems().getFirst().line()).isEqualTo(line);
            });
        }

        @Test
        void nestingWithoutEndIsRefused() {
            // given
            String deep = "[".repeat(100_000);

            // then
            assertThatThrownBy(() -> JsonSource.read(deep)).isInstanceOf(SyntaxException.class);
        }
    }
}
