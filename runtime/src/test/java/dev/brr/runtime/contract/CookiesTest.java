package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1 | 1",
                "b=2; a=1 | 1",
                "b=2;a=1;c=3 | 1",
                "a=x=y | x=y",
                "aa=1 | none",
                "A=1 | none",
                "=1 | none",
                "a | none",
                "a= | ''",
            })
    void aCookieIsFoundByItsName(String header, String value) {
        // when
        List<String> values = Cookies.values(List.of(header), "a");

        // then
        assertThat(values.isEmpty() ? "none" : String.join(",", values)).isEqualTo(value);
    }

    @Test
    void theValuesOfSeveralHeadersComeTogether() {
        // then
        assertThat(Cookies.values(List.of("a=1; a=2", "a=3"), "a")).containsExactly("1", "2", "3");
    }
}
