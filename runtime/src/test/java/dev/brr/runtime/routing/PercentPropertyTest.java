package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Percent-encoding by its definition: every byte may be written as its two digits, in either case. */
class PercentPropertyTest {

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    private static String encoded(String text, boolean upperCase) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            String digits = "%%%02x".formatted(each & 0xff);
            encoded.append(upperCase ? digits.toUpperCase(Locale.ROOT) : digits);
        }
        return encoded.toString();
    }

    @Property
    void everyByteMayBeEncoded(@ForAll("texts") String text, @ForAll boolean upperCase) {
        // then
        assertThat(Percent.decode(encoded(text, upperCase))).isEqualTo(text);
        assertThat(Percent.decodeForm(encoded(text, upperCase))).isEqualTo(text);
    }

    @Property
    void encodedAndPlainTextStandSideBySide(@ForAll("texts") String one, @ForAll("texts") String other) {
        // given
        String plain = one.replace("%", "");

        // then
        assertThat(Percent.decode(plain + encoded(other, true) + plain)).isEqualTo(plain + other + plain);
    }

    @Property
    void decodingIsDoneOnce(@ForAll("texts") String text) {
        // given
        String twice = encoded(encoded(text, true), false);

        // then
        assertThat(Percent.decode(twice)).isEqualTo(encoded(text, true));
    }

    @Property
    void whatIsCutOffIsRefused(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 2) int missing) {
        // given
        String cut = encoded(text + "x", true);
        String encoded = cut.substring(0, cut.length() - missing);

        // then
        assertThatThrownBy(() -> Percent.decode(encoded))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a percent sign has to be followed by two hexadecimal digits");
    }

    @Property
    void aCharacterThatIsNoDigitIsRefusedInEitherPlace(@ForAll @From("texts") String texts, @ForAll boolean first) {
        // given
        String wrong = texts.replaceAll("[0-9A-Fa-f]", "") + "g";
        String digits = first ? wrong.charAt(0) + "0" : "0" + wrong.charAt(0);

        // then
        assertThatThrownBy(() -> Percent.decode("%" + digits)).isInstanceOf(IllegalArgumentException.class);
    }

    static IntStream bytesThatAreNoText() {
        return IntStream.rangeClosed(0x80, 0xff);
    }

    @ParameterizedTest
    @MethodSource("bytesThatAreNoText")
    void aByteAboveAsciiAloneIsNotUtf8(int octet) {
        // then
        assertThatThrownBy(() -> Percent.decode("%%%02X".formatted(octet)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the percent-encoded bytes are not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "%00, 0",
        "%7F, 127",
        "%C2%80, 128",
        "%DF%BF, 2047",
        "%E0%A0%80, 2048",
        "%ED%9F%BF, 55295",
        "%EE%80%80, 57344",
        "%EF%BF%BF, 65535",
        "%F0%90%80%80, 65536",
        "%F4%8F%BF%BF, 1114111",
    })
    void theFirstAndLastOfEachLengthAreText(String encoded, int codePoint) {
        // then
        assertThat(Percent.decode(encoded).codePoints()).containsExactly(codePoint);
    }

    @ParameterizedTest
    @CsvSource({
        "%C0%80, another form of NUL",
        "%C1%BF, another form of DEL",
        "%E0%9F%BF, a shorter form exists",
        "%F0%8F%BF%BF, a shorter form exists",
        "%ED%A0%80, the first surrogate",
        "%ED%BF%BF, the last surrogate",
        "%F4%90%80%80, beyond Unicode",
        "%F8%88%80%80%80, five bytes",
        "%E2%82, the third byte lacks",
        "%80%80, begins in the middle",
    })
    void formsThatUtf8ForbidsAreRefused(String encoded, String why) {
        // then
        assertThatThrownBy(() -> Percent.decode("a" + encoded + "b"))
                .as(why)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the percent-encoded bytes are not UTF-8");
    }
}
