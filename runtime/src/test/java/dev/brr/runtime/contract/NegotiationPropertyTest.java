package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every Accept header, query and cookie, and the forms of them that clients send. */
class NegotiationPropertyTest {

    private static List<MediaType> types(List<String> texts) {
        return texts.stream().map(text -> MediaType.parse(text).orElseThrow()).toList();
    }

    @Provide
    Arbitrary<List<String>> offers() {
        return Arbitraries.of("application/json", "text/plain", "text/csv", "image/png", "application/problem+json")
                .list()
                .uniqueElements()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> ranges = Arbitraries.of(
                "*/*",
                "text/*",
                "application/*",
                "application/json",
                "text/plain",
                "text/csv",
                "image/png",
                "nonsense");
        Arbitrary<String> qualities = Arbitraries.of("", ";q=1", ";q=0.5", " ; Q=0.1", ";q=0", ";q=x", ";level=1");
        return Combinators.combine(ranges, qualities)
                .as((range, quality) -> range + quality)
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join(", ", parts));
    }

    @Property(tries = 500)
    void onlyWhatIsOfferedIsChosen(@ForAll("headers") String header, @ForAll("offers") List<String> offers) {
        // when
        Optional<MediaType> chosen = Accept.choose(header, types(offers));

        // then
        assertThat(chosen.map(MediaType::essence)).matches(type -> type.isEmpty() || offers.contains(type.get()));
    }

    @Property(tries = 300)
    void aTypeThatIsNamedWithFullQualityIsNeverRefused(
            @ForAll("headers") String header, @ForAll("offers") List<String> offers) {
        // given: named first, so that nothing as precise is heard before it
        String named = "text/html, " + header;
        List<MediaType> withHtml = types(offers.isEmpty() ? List.of("text/html") : addHtml(offers));

        // then
        assertThat(Accept.choose(named, withHtml)).isPresent();
    }

    private static List<String> addHtml(List<String> offers) {
        return Stream.concat(offers.stream(), Stream.of("text/html")).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` ` | text/plain",
                "text/csv;q=0.5, text/plain;q=0.5 | text/plain",
                "text/csv;q=0.6, text/plain;q=0.5 | text/csv",
                "text/plain;q=0, */* | text/csv",
                "*/*;q=0 | none",
                "TEXT/CSV | text/csv",
                "text/csv;level=1;q=0.9, text/plain;q=0.1 | text/csv",
                "text/csv;q=\"0.9\", text/plain;q=0.1 | text/csv",
                "text/csv;q=-1 | none",
                ",,text/csv, | text/csv",
            })
    void twoOffersAreToldApartByQualityAndThenByTheirOrder(String header, String expected) {
        // when
        Optional<MediaType> chosen = Accept.choose(header, types(List.of("text/plain", "text/csv")));

        // then
        assertThat(chosen.map(MediaType::essence).orElse("none")).isEqualTo(expected);
    }

    @Test
    void whereNothingIsOfferedNothingIsChosen() {
        // then
        assertThat(Accept.choose("", List.of())).isEmpty();
        assertThat(Accept.choose("*/*", List.of())).isEmpty();
        assertThat(Accept.choose("text/plain, */*", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a/b;x=1;x=2 | {x=1}",
                "a/b;X=1 | {x=1}",
                "a/b;x= | {x=}",
                "a/b;x=\" | {x=\"}",
                "a/b;x=\"\" | {x=}",
                "a/b;x=y=z | {x=y=z}",
                "a/b;;; | {}",
                "a/b; charset = UTF-8 | {charset=UTF-8}",
            })
    void ofTheSameParameterTheFirstCounts(String text, String parameters) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().parameters()).hasToString(parameters);
    }

    @Property(tries = 300)
    void pairsComeBackInOrder(@ForAll("pairs") List<String> pairs) {
        // when
        Query query = Query.parse(String.join("&", pairs));

        // then
        assertThat(query.pairs().stream()
                        .map(pair -> pair.name() + "=" + pair.rawValue())
                        .toList())
                .isEqualTo(pairs);
        assertThat(query.all("a"))
                .isEqualTo(pairs.stream()
                        .filter(pair -> pair.startsWith("a="))
                        .map(pair -> pair.substring(2))
                        .toList());
    }

    @Property(tries = 200)
    void aCookieIsFoundAmongAnyOthers(@ForAll("pairs") List<String> pairs) {
        // then
        assertThat(Cookies.values(List.of(String.join("; ", pairs)), "bb"))
                .isEqualTo(pairs.stream()
                        .filter(pair -> pair.startsWith("bb="))
                        .map(pair -> pair.substring(3))
                        .toList());
    }

    @Provide
    Arbitrary<List<String>> pairs() {
        return Combinators.combine(
                        Arbitraries.of("a", "bb", "b", "A"),
                        Arbitraries.of("", "1", "x=y", "%20", "a,b", "\"q\"", "bb"))
                .as((name, value) -> name + "=" + value)
                .list()
                .ofMaxSize(6);
    }
}
