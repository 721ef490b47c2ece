package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | application/json text/plain | application/json",
                "*/* | application/json text/plain | application/json",
                "text/plain | application/json text/plain | text/plain",
                "text/* | application/json text/plain | text/plain",
                "text/plain;q=0.5, application/json;q=0.4 | application/json text/plain | text/plain",
                "text/plain;q=0.4, application/json;q=0.5 | application/json text/plain | application/json",
                "*/*;q=0.1, text/plain | application/json text/plain | text/plain",
                "*/*, application/json;q=0 | application/json text/plain | text/plain",
                "text/*;q=1, text/plain;q=0.1 | text/plain text/csv | text/csv",
                "image/png | application/json | none",
                "application/json;q=0 | application/json | none",
                "application/json;q=many | application/json | none",
                "nonsense | application/json | none",
                "text/html, application/xhtml+xml, */*;q=0.8 | application/json | application/json",
                "image/png | image/* | image/*",
                "application/problem+json | application/json | none",
            })
    void theBestOfWhatIsOfferedIsChosen(String header, String offers, String chosen) {
        // given
        List<MediaType> types = Arrays.stream(offers.split(" "))
                .map(text -> MediaType.parse(text).orElseThrow())
                .toList();

        // when
        String choice = Accept.choose(header, types).map(MediaType::essence).orElse("none");

        // then
        assertThat(choice).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a/b;profile=y                         | a/b;profile=x a/b;profile=y | a/b; profile=y",
                "a/b;profile=y;q=0.5, a/b;profile=x    | a/b;profile=x a/b;profile=y | a/b; profile=x",
                "a/b;profile=y, a/b;profile=x;q=0.5    | a/b;profile=x a/b;profile=y | a/b; profile=y",
                "a/b                                   | a/b;profile=x a/b;profile=y | a/b; profile=x",
                "a/b;profile=z                         | a/b;profile=x a/b;profile=y | none",
                "a/b;profile=z, */*;q=0.1              | a/b;profile=x a/b;profile=y | a/b; profile=x",
                "a/b;profile=x;q=0, a/b                | a/b;profile=x a/b;profile=y | a/b; profile=y",
                "a/b;version=2                         | a/b a/b;version=2           | a/b; version=2",
                "a/b;version=3                         | a/b a/b;version=2           | a/b",
                "a/b;version=2;q=0.5, a/b              | a/b a/b;version=2           | a/b",
                "a/b;odata=verbose                     | a/b                         | a/b",
                "a/b;odata=verbose;q=0.1, a/b;q=0.9, c/d;q=0.5 | a/b c/d             | a/b",
                "application/json;charset=latin1       | application/json;charset=utf-8 | application/json; charset=utf-8",
                "text/plain;charset=UTF-8              | text/plain                  | text/plain",
                "text/plain;charset=utf-8              | text/plain;charset=utf-16 text/plain | text/plain",
                "a/b;p=\"x,c/d\", e/f;q=0.1          | c/d e/f a/b;p=\"x,c/d\"     | a/b; p=\"x,c/d\"",
                "a/b;p=\"x\\\",c/d\"               | c/d a/b                     | a/b",
                "c/d, text/plain;charset=utf-8         | c/d text/plain              | c/d",
                "text/plain;charset=utf-8, c/d         | c/d text/plain              | c/d",
                "a/b;odata=verbose, c/d                | a/b c/d a/b;odata=verbose   | a/b; odata=verbose",
                "a/b;odata=verbose, c/d                | a/b c/d                     | a/b",
                "*/*, a/b;version=2                    | a/b a/b;version=2           | a/b; version=2",
            })
    void parametersTellOffersApart(String header, String offers, String chosen) {
        // given
        List<MediaType> types = Arrays.stream(offers.split(" "))
                .map(text -> MediaType.parse(text).orElseThrow())
                .toList();

        // when
        String choice = Accept.choose(header, types).map(MediaType::text).orElse("none");

        // then
        assertThat(choice).isEqualTo(chosen);
    }
}
