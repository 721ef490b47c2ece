package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaParametersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data; boundary=\"a;b\" | {boundary=a;b}",
                "multipart/form-data; boundary=\"a;b\"; charset=x | {boundary=a;b, charset=x}",
                "a/b; x=\"q\\\"u\\\\o\" | {x=q\"u\\o}",
                "a/b; x=\"a\" junk; y=1 | {x=a, y=1}",
                "a/b; x=\"open; y=1 | {x=\"open, y=1}",
                "a/b; x= \"a\" | {x=a}",
                "a/b; x = a ; y = b | {x=a, y=b}",
                "a/b; x; y=1 | {y=1}",
                "a/b; =x; y=1 | {y=1}",
                "a/b; | {}",
            })
    void quotedValuesMayHoldWhatDelimits(String text, String parameters) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().parameters()).hasToString(parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/",
                "/b",
                "a/b/c",
                "a b/c",
                "a/b c",
                "application/json, text/plain",
                "a/b,c",
                "é/x",
                "",
                ";a=b"
            })
    void whatIsNoMediaTypeIsNone(String text) {
        // then
        assertThat(MediaType.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/*+json, application/vnd.a+json, true",
        "application/*+json, application/json, false",
        "application/*+json, text/x+json, false",
        "application/*+xml, application/a+json, false",
        "application/*, application/a+json, true",
    })
    void aRangeMayNameAStructuredSuffix(String range, String type, boolean included) {
        // then
        assertThat(MediaType.parse(range)
                        .orElseThrow()
                        .includes(MediaType.parse(type).orElseThrow()))
                .isEqualTo(included);
    }
}
