package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.brr.api.v1alpha1.SchemaNode.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrdReferenceTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();
    private static final String PAGE = CrdReference.generate();

    @Test
    void committedPageIsWhatTheCrdSays() throws IOException {
        // given
        if (Boolean.getBoolean("brr.generate")) {
            Files.writeString(CrdReference.COMMITTED, PAGE);
        }
        // when
        var committed = Files.readString(CrdReference.COMMITTED);
        // then
        assertThat(committed)
                .as("docs/reference/brrservice.md differs from the CRD; run scripts/generate and commit")
                .isEqualTo(PAGE);
    }

    @Test
    void everyObjectHasASectionAndEveryFieldARow() {
        // given
        var objects = SCHEMA.nodes().stream()
                .filter(node -> node.kind() != Kind.ROOT && node.schema().has("properties"));
        // when
        // then
        assertThat(objects).isNotEmpty().allSatisfy(object -> {
            var section = section(object.path());
            assertThat(rows(section))
                    .containsExactlyElementsOf(object.schema().get("properties").properties().stream()
                            .map(property -> property.getKey())
                            .toList());
        });
    }

    @Test
    void everyTextAndEveryRuleIsThere() {
        // given
        var texts =
                SCHEMA.properties().map(node -> node.schema().get("description").asText());
        var rules = SCHEMA.nodes().stream().flatMap(node -> node.ruleMessages().stream());
        // when
        var wanted = Stream.concat(texts, rules).collect(Collectors.toSet());
        // then
        assertThat(wanted).allSatisfy(text -> assertThat(PAGE).contains(text));
    }

    @Test
    void everyLinkInsideThePageLeadsToASection() {
        // given
        var anchors = PAGE.lines()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                .toList();
        // when
        var links = found("]\\(#([^)]+)\\)");
        // then
        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(anchors).contains(link));
        assertThat(anchors).doesNotHaveDuplicates();
    }

    @Test
    void everyLinkToAFileLeadsToOne() {
        // given
        var folder = CrdReference.COMMITTED.resolveSibling(".");
        // when
        var links = found("]\\(([^#)][^)]*)\\)");
        // then
        assertThat(links)
                .contains("brrservice-complete.yaml")
                .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }

    @Test
    void everyRowHasFiveCells() {
        // given
        var rows = PAGE.lines().filter(line -> line.startsWith("| `"));
        // when
        var cells = rows.map(row -> row.split("(?<!\\\\)\\|", -1).length - 2);
        // then
        assertThat(cells).isNotEmpty().containsOnly(5);
    }

    static Stream<Arguments> rowsToBe() {
        return Stream.of(
                arguments("spec", "| `replicas` | integer | `1` | 0 to 1000 | "),
                arguments("spec", "| `malloc` | [object](#specmalloc) |  |  | "),
                arguments(
                        "spec.malloc",
                        "| `preset` | string | `Balanced` | one of `Balanced`, `LowRss`, `Profiling`, `Throughput` | "),
                arguments(
                        "spec.malloc",
                        "| `options` | map of string |  | at most 64 entries; each 1 to 256 characters | "),
                arguments("spec.autoscaling", "| `max` | integer |  | required; 1 to 1000 | "),
                arguments(
                        "spec.security",
                        "| `schemes` | list of [objects](#specsecurityschemes) |  | at most 16 entries; no `name` twice | "),
                arguments(
                        "spec.image",
                        "| `platforms` | list of string |  | 1 to 2 entries; no entry twice;"
                                + " each one of `linux/amd64`, `linux/arm64` | "),
                arguments(
                        "spec.resources.limits",
                        "| `memory` | integer or string |  | at least 0; at most 32 characters;"
                                + " `^[0-9]+(\\.[0-9]+)?(k\\|Ki\\|M\\|Mi\\|G\\|Gi\\|T\\|Ti)?$` | "),
                arguments(
                        "status.conditions[]",
                        "| `status` | string |  | required; one of `True`, `False`, `Unknown` | "));
    }

    @ParameterizedTest
    @MethodSource("rowsToBe")
    void aRowSaysTypeDefaultAndBounds(String section, String beginning) {
        // given
        var lines = section(section).lines();
        // when
        var rows = lines.filter(line -> line.startsWith(beginning));
        // then
        assertThat(rows).as(() -> section(section)).hasSize(1);
    }

    @Test
    void whatHasNoBoundsInTheSchemaShowsNone() {
        // given
        var booleans = SCHEMA.ofType("boolean").toList();
        // when
        // then
        assertThat(booleans).isNotEmpty().allSatisfy(field -> {
            var name = field.path().substring(field.path().lastIndexOf('.') + 1);
            assertThat(PAGE).containsPattern("\\| `" + name + "` \\| boolean \\| (`true`)? \\|  \\| ");
        });
    }

    @Test
    void generationIsDeterministic() {
        // given
        // when
        var again = CrdReference.generate();
        // then
        assertThat(again).isEqualTo(PAGE);
    }

    private static String section(String path) {
        return Stream.of(PAGE.split("(?m)^(?=##+ )"))
                .filter(each -> each.matches("(?s)#+ " + Pattern.quote(path) + "\n.*"))
                .collect(Collectors.joining());
    }

    private static List<String> rows(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(PAGE.replaceAll("`[^`]*`", "")) // a pattern in code may look like a link
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
