package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which declaration a media type belongs to. */
class ClosestTypeTest {

    private static ClosestType<String> declared(List<String> texts) {
        return new ClosestType<>(texts, text -> MediaType.parse(text).orElseThrow());
    }

    private static String find(String declarations, String type) {
        return declared(Arrays.asList(declarations.split(" ")))
                .find(MediaType.parse(type).orElseThrow())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the essence
                "*/* text/* text/plain | text/plain | text/plain",
                "*/* text/* text/plain | text/csv | text/*",
                "*/* text/* text/plain | image/png | */*",
                "application/* application/*+json application/ld+json | application/ld+json | application/ld+json",
                "application/* application/*+json application/ld+json | application/hal+json | application/*+json",
                "application/* application/*+json application/ld+json | application/xml | application/*",
                "text/plain | text/csv | none",
                // parameters tell one from another
                "a/b;profile=x a/b;profile=y | a/b;profile=y | a/b;profile=y",
                "a/b;profile=x a/b;profile=y | a/b; Profile=\"x\" | a/b;profile=x",
                "a/b;profile=x a/b;profile=y | a/b;profile=X | none",
                "a/b;profile=x a/b;profile=y | a/b;profile=z | none",
                "a/b a/b;version=2 | a/b;version=2 | a/b;version=2",
                "a/b a/b;version=2 | a/b;version=3 | a/b",
                "a/b a/b;version=2 | a/b | a/b",
                "a/b;v=1 a/b;v=1;w=2 | a/b;w=2;v=1 | a/b;v=1;w=2",
                "a/b;v=1 a/b;v=1;w=2 | a/b;v=1 | a/b;v=1",
                // what a declaration does not have is ignored
                "a/b | a/b;profile=x;charset=latin1 | a/b",
                "a/b;v=1 | a/b;v=1;w=2 | a/b;v=1",
                // what the type does not mention: the one that lacks least, in the document's order
                "a/b;v=1 a/b;v=2 | a/b | a/b;v=1",
                "a/b;v=2;w=1 a/b;v=1 | a/b | a/b;v=1",
                "a/b;v=1 */* | a/b | */*",
                // the character set
                "text/plain;charset=utf-8 | text/plain | text/plain;charset=utf-8",
                "text/plain;charset=utf-8 | text/plain;charset=UTF-8 | text/plain;charset=utf-8",
                "text/plain;charset=utf-8 | text/plain;charset=iso-8859-1 | none",
                "text/plain;charset=utf-8 text/plain | text/plain;charset=iso-8859-1 | text/plain",
                "text/plain;charset=utf-8 text/plain;charset=utf-16 | text/plain;charset=utf-16 | text/plain;charset=utf-16",
                "text/plain;charset=utf-16 text/plain | text/plain | text/plain",
                "application/json;charset=utf-8 | application/json;charset=iso-8859-1 | application/json;charset=utf-8",
                "application/json;charset=utf-8 | application/json | application/json;charset=utf-8",
                // of no account
                "multipart/form-data;boundary=x | multipart/form-data;boundary=y | multipart/form-data;boundary=x",
                "a/b;q=1 | a/b | a/b;q=1",
            })
    void theMostSpecificDeclarationIsFound(String declarations, String type, String found) {
        // then
        assertThat(find(declarations, type)).isEqualTo(found);
    }

    @Provide
    Arbitrary<String> types() {
        Arbitrary<String> essences = Arbitraries.of("a/b", "a/c+json", "text/plain", "application/json");
        Arbitrary<String> parameters = Arbitraries.of("", ";v=1", ";v=2", ";w=1", ";v=1;w=1", ";charset=utf-8");
        return Combinators.combine(essences, parameters).as((essence, more) -> essence + more);
    }

    @Property(tries = 500)
    void whatIsDeclaredIsFoundByItself(@ForAll("types") String type, @ForAll List<@From("types") String> more) {
        // given
        List<String> all = new ArrayList<>(more);
        all.add(type);

        // when
        MediaType found = MediaType.parse(
                        declared(all).find(MediaType.parse(type).orElseThrow()).orElseThrow())
                .orElseThrow();

        // then
        assertThat(found.essence())
                .isEqualTo(MediaType.parse(type).orElseThrow().essence());
        assertThat(found.missing(MediaType.parse(type).orElseThrow())).isZero();
    }

    @Property(tries = 500)
    void nothingIsFoundThatContradicts(@ForAll("types") String type, @ForAll List<@From("types") String> declarations) {
        // given
        MediaType asked = MediaType.parse(type).orElseThrow();

        // then
        assertThat(declared(declarations)
                        .find(asked)
                        .map(text -> MediaType.parse(text).orElseThrow()))
                .matches(found -> found.isEmpty()
                        || (found.get().includes(asked) && found.get().missing(asked) >= 0));
    }
}
