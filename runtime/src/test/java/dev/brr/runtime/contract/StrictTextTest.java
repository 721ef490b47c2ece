package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no text, and JSON that readers understand in different ways, are refused and not guessed at. */
class StrictTextTest {
    private static BodyReader.Outcome read(String mediaType, byte[] body) {
        OperationContract contract = Contracts.ofBody(mediaType.replaceFirst(";.*", ""), "{}");
        MediaType type = MediaType.parse(mediaType).orElseThrow();
        return contract.body().orElseThrow().reader(type).orElseThrow().read(body, type);
    }

    private static String outcome(BodyReader.Outcome outcome) {
        return outcome.violations().isEmpty()
                ? outcome.body().tree().orElseThrow().toString()
                : outcome.violations().getFirst().keyword() + ": "
                        + outcome.violations().getFirst().message();
    }

    private static byte[] jsonAround(String hex) {
        return HexFormat.of().parseHex("22" + hex + "22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "e080af", "eda080", "f4908080", "c3", "80"})
    void jsonThatIsNotUtf8IsRefused(String hex) {
        // then
        assertThat(outcome(read("application/json", jsonAround(hex))))
                .isEqualTo("json: is not valid JSON: the bytes are not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"c3a9, é", "e282ac, €", "f09f9880, 😀", "ed9fbf, \ud7ff"})
    void jsonInUtf8IsRead(String hex, String text) {
        // then
        assertThat(outcome(read("application/json", jsonAround(hex)))).isEqualTo('"' + text + '"');
    }

    @Test
    void aByteOrderMarkBeforeJsonIsSkipped() {
        // then
        assertThat(outcome(read("application/json", "\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2} | json: has a key twice",
                "{\"a\":{\"b\":1,\"\\u0062\":1}} | json: has a key twice",
                "[{\"a\":1},{\"a\":1}] | [{\"a\":1},{\"a\":1}]",
                "{\"a\":1e400} | json: has a number that is out of range",
                "[-1e400] | json: has a number that is out of range",
                "{\"a\":1e300} | {\"a\":1.0E300}",
                "{\"a\":1} {} | json: is not valid JSON",
            })
    void whatReadersUnderstandInDifferentWaysIsRefused(String json, String expected) {
        // then
        assertThat(outcome(read("application/json", json.getBytes(StandardCharsets.UTF_8))))
                .startsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "[-1e400]", "{\"a\":1e999999999}"})
    void ofANumberThatIsOutOfRangeNoPlaceIsMadeUp(String json) {
        // then
        assertThat(outcome(read("application/json", json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("json: has a number that is out of range");
    }

    @ParameterizedTest
    @CsvSource({"'[', 20000, ']'", "'{\"a\":', 5000, '}'", "9, 5000, 9"})
    void whatIsJsonAndTooMuchOfItIsNotCalledSomethingElse(String begin, int times, String end) {
        // given
        String json = begin.repeat(times) + (begin.startsWith("{") ? "1" : "") + end.repeat(times);

        // then
        assertThat(outcome(read("application/json", json.getBytes(StandardCharsets.UTF_8))))
                .startsWith("json: is nested too deeply, or has a number, a name or a text that is too long");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, ff, encoding: the bytes are not UTF-8",
        "text/plain;charset=iso-8859-1, e9, '\"é\"'",
        "text/plain;charset=us-ascii, e9, encoding: the bytes are not US-ASCII",
        "text/plain;charset=utf-16be, 00e9, '\"é\"'",
        "text/plain;charset=\"utf-8\", c3a9, '\"é\"'",
        "text/plain;charset=nope, 61, encoding: the charset nope is not known",
    })
    void textIsReadInItsCharacterSet(String mediaType, String hex, String expected) {
        // then
        assertThat(outcome(read(mediaType, HexFormat.of().parseHex(hex)))).isEqualTo(expected);
    }

    @Test
    void aFormMayHaveTextThatIsNotEncoded() {
        // then
        assertThat(outcome(read("application/x-www-form-urlencoded", "n=é".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"n\":\"é\"}");
        assertThat(outcome(read("application/x-www-form-urlencoded", new byte[] {'n', '=', (byte) 0xff})))
                .isEqualTo("encoding: the bytes are not UTF-8");
    }

    @Test
    void aFieldThatComesTwiceIsAList() {
        // then
        assertThat(outcome(read("application/x-www-form-urlencoded", "n=a&n=b&n=c".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"n\":[\"a\",\"b\",\"c\"]}");
    }
}
