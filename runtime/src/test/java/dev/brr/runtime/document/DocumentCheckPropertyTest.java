package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the author wrote, the check answers: it never breaks down. */
class DocumentCheckPropertyTest {
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(MutatedDocuments.NAMES);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(MutatedDocuments.VALUES);
    }

    @Property(tries = 600)
    void anyValueInAnyPlaceIsAnswered(
            @ForAll("names") String name,
            @ForAll @IntRange(min = 0, max = 10_000) int place,
            @ForAll("values") String value) {
        // given
        String text = MutatedDocuments.of(name, place, value);

        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        if (check instanceof DocumentCheck.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.message()).isNotBlank();
            });
        }
    }

    @Property(tries = 300)
    void anyCutOfTheTextIsAnswered(
            @ForAll("names") String name,
            @ForAll @IntRange(min = 0, max = 10_000) int from,
            @ForAll @IntRange(min = 0, max = 200) int length) {
        // given
        String whole = MutatedDocuments.text(name);
        int begin = from % whole.length();
        int end = Math.min(whole.length(), begin + length);
        String text = whole.substring(0, begin) + whole.substring(end);

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
    void yamlAndJsonOfOneDocumentAreJudgedAlike(
            @ForAll("names") String name, @ForAll @IntRange(min = 0, max = 10_000) int place) {
        // given
        String json = MutatedDocuments.of(name, place, "\"text\"");

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
