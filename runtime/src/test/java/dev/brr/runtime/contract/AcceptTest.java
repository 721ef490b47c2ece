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
}
