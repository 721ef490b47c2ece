package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, plain",
                "a%20b, a b",
                "a+b, a+b",
                "%2F, /",
                "%2f, /",
                "%25, %",
                "%2525, %25",
                "%C3%A9, é",
                "%F0%9F%90%B6, 🐶",
                "é, é"
            })
    void textIsDecodedAsUtf8(String encoded, String text) {
        // then
        assertThat(Percent.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"a+b, a b", "a%2Bb, a+b", "a%20b, a b", "+, ' '"})
    void aPlusSignInAFormIsASpace(String encoded, String text) {
        // then
        assertThat(Percent.decodeForm(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "a%", "%zz", "%2x", "%+1", "%C3", "%C3%28", "%FF", "%ED%A0%80", "%C0%AF"})
    void whatIsNotWellEncodedIsRefused(String encoded) {
        // then
        assertThatThrownBy(() -> Percent.decode(encoded)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatAFormEncodesComesBack(@ForAll String text) {
        // given: a lone surrogate has no encoding in UTF-8
        String encodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        // when
        String decoded = Percent.decodeForm(URLEncoder.encode(encodable, StandardCharsets.UTF_8));

        // then
        assertThat(decoded).isEqualTo(encodable);
    }
}
