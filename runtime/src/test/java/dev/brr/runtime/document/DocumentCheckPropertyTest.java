package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the author wrote, the check answers: it never breaks down. */
class DocumentCheckPropertyTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String DOCUMENT = corpus("every-component.yaml");

    private static String corpus(String name) {
        try (InputStream in = DocumentCheckPropertyTest.class.getResourceAsStream("/documents/valid/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "true",
                "0",
                "-1",
                "1.5",
                "\"\"",
                "\"text\"",
                "[]",
                "{}",
                "[[]]",
                "[null]",
                "{\"$ref\":1}",
                "{\"$ref\":\"#/info\"}",
                "{\"$ref\":\"#/components/schemas/Pet\"}",
                "{\"$ref\":\"\"}",
                "{\"\":{}}",
                "{\"$ref\":\"#/%zz\"}",
                "{\"type\":[]}",
                "\"{\"",
                "[{\"name\":null,\"in\":null}]");
    }

    @Property(tries = 600)
    void anyValueInAnyPlaceIsAnswered(
            @ForAll @IntRange(min = 0, max = 10_000) int place, @ForAll("values") String value) {
        // given
        JsonNode root = MAPPER.readTree(ServiceDocument.asJson(DOCUMENT));
        List<Runnable> places = places(root, MAPPER.readTree(value));
        places.get(place % places.size()).run();

        // when
        DocumentCheck check = ServiceDocument.check(root.toString());

        // then
        if (check instanceof DocumentCheck.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.message()).isNotBlank();
            });
        }
    }

    private static List<Runnable> places(JsonNode node, JsonNode value) {
        List<Runnable> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.forEachEntry((key, child) -> {
                places.add(() -> object.set(key, value));
                places.add(() -> object.remove(key));
                places.addAll(places(child, value));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value));
                places.addAll(places(array.get(i), value));
            }
        }
        return places;
    }

    @Property(tries = 300)
    void anyCutOfTheTextIsAnswered(
            @ForAll @IntRange(min = 0, max = 10_000) int from, @ForAll @IntRange(min = 0, max = 200) int length) {
        // given
        int begin = from % DOCUMENT.length();
        int end = Math.min(DOCUMENT.length(), begin + length);
        String text = DOCUMENT.substring(0, begin) + DOCUMENT.substring(end);

        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        if (check instanceof DocumentCheck.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void anyTextAtAllIsAnswered(@ForAll String text) {
        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        assertThat(check).isInstanceOf(DocumentCheck.Invalid.class);
    }

    @Property(tries = 100)
    void yamlAndJsonOfOneDocumentAreJudgedAlike(@ForAll @IntRange(min = 0, max = 10_000) int place) {
        // given
        JsonNode root = MAPPER.readTree(ServiceDocument.asJson(DOCUMENT));
        List<Runnable> places = places(root, MAPPER.readTree("\"text\""));
        places.get(place % places.size()).run();
        String json = root.toString();

        // when
        List<String> asJson = pointers(ServiceDocument.check(json));
        List<String> asYaml = pointers(ServiceDocument.check("# a comment makes it YAML\n" + json));

        // then
        assertThat(asYaml).containsExactlyInAnyOrderElementsOf(asJson);
    }

    private static List<String> pointers(DocumentCheck check) {
        return switch (check) {
            case DocumentCheck.Valid _ -> List.of();
            case DocumentCheck.Invalid invalid ->
                invalid.problems().stream()
                        .map(problem -> problem.pointer() + ": " + problem.message())
                        .toList();
        };
    }
}
