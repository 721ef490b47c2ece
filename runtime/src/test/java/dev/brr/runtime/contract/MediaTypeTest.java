package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "Application/JSON, application/json",
        "' text/plain ', text/plain",
        "text/plain; charset=utf-8, text/plain",
        "*/*, */*",
        "image/*, image/*",
        "application/vnd.api+json;x=1, application/vnd.api+json"
    })
    void aMediaTypeIsReadWithoutRegardToCase(String text, String essence) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().essence()).isEqualTo(essence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "/json", "application/", "application/ json", ";", "a b/c"})
    void whatIsNoMediaTypeIsNone(String text) {
        // then
        assertThat(MediaType.parse(text)).isEmpty();
    }

    @Test
    void parametersAreReadQuotedOrNot() {
        // when
        MediaType type = MediaType.parse("multipart/form-data; Boundary=\"a b\"; charset = utf-8 ;bad; =x")
                .orElseThrow();

        // then
        assertThat(type.parameters()).isEqualTo(Map.of("boundary", "a b", "charset", "utf-8"));
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, image/png, true",
        "image/*, image/png, true",
        "image/*, text/plain, false",
        "image/png, image/png;q=1, true",
        "image/png, image/*, false",
        "application/json, application/problem+json, false"
    })
    void aRangeTakesInItsTypes(String range, String type, boolean included) {
        // then
        assertThat(MediaType.parse(range)
                        .orElseThrow()
                        .includes(MediaType.parse(type).orElseThrow()))
                .isEqualTo(included);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "text/json, true",
        "application/problem+json, true",
        "application/json-seq, false",
        "application/xml, false",
        "application/jsonp, false"
    })
    void jsonIsKnownByItsSubtype(String text, boolean json) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().isJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"*/*, 0", "text/*, 1", "application/*+json, 2", "text/plain, 3"})
    void precisionGrowsWithWhatIsNamed(String text, int precision) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().precision()).isEqualTo(precision);
    }
}
