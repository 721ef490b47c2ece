package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingKeyTest {
    private static final SettingKey<String> ONE = SettingKey.of("a.bC", "--b-c", ValueType.TEXT, "d", "says it");

    @Test
    void theVariableFollowsFromTheFlag() {
        // then
        assertThat(ONE.variables()).containsExactly("BRR_B_C");
        assertThat(ONE.flags()).containsExactly("--b-c");
        assertThat(ONE.many()).isEqualTo(SettingKey.Many.ONE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "BRR_KEY__<scheme>, BRR_KEY__A, A",
                "BRR_KEY__<scheme>, BRR_KEY__, ''",
                "BRR_KEY__<scheme>, BRR_KEY_A, none",
                "BRR_KEY__<scheme>, BRR_KEY__A__B, A__B",
                "BRR_KEY__<scheme>, XBRR_KEY__A, none",
                "security.jwt.<scheme>.issuer, security.jwt.A.issuer, A",
                "security.jwt.<scheme>.issuer, security.jwt.A.b.issuer, A.b",
                "security.jwt.<scheme>.issuer, security.jwt..issuer, ''",
                "security.jwt.<scheme>.issuer, security.jwt.issuer, none",
                "security.jwt.<scheme>.issuer, security.jwt.A.issuers, none",
                "security.jwt.<scheme>.issuer, security.jwt.A, none",
                "a.plain.name, a.plain.name, none",
            })
    void aMemberIsWhatStandsInTheBrackets(String pattern, String text, String member) {
        // then
        assertThat(SettingKey.member(pattern, text).orElse(null)).isEqualTo(member);
    }

    @Property(tries = 300)
    void everyMemberOfAFamilyIsFoundAgain(
            @ForAll String member,
            @ForAll @AlphaChars @Chars({'.', '_'}) @StringLength(max = 8) String before,
            @ForAll @AlphaChars @Chars({'.', '_'}) @StringLength(max = 8) String after) {
        // then
        assertThat(SettingKey.member(before + "<scheme>" + after, before + member + after))
                .contains(member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a' | [a]",
                "'a,b' | [a, b]",
                "' a , b ' | [a, b]",
                "',a,,b,' | [a, b]",
                "'a b,c' | [a b, c]",
                "',' | []",
                "'' | []",
                "' ' | []",
            })
    void aListIsSplitAtCommasWithoutEmptyParts(String text, String parts) {
        // then
        assertThat(ONE.asList().split(text)).hasToString(parts);
    }

    @ParameterizedTest
    @CsvSource({"'a,b'", "''", "' a '", "','"})
    void whatIsNoListIsNeverSplit(String text) {
        // then
        assertThat(ONE.split(text)).containsExactly(text);
        assertThat(ONE.repeated().split(text)).containsExactly(text);
    }

    @Test
    void aFamilyIsKnownByItsNameOrItsVariables() {
        // then
        assertThat(ONE.isFamily()).isFalse();
        assertThat(ONE.withVariables("A", "A__<scheme>").isFamily()).isTrue();
        assertThat(SettingKey.of("a.<b>", "--c", ValueType.TEXT, null, "m").isFamily())
                .isTrue();
    }

    @Test
    void itIsCalledByTheNameThatAPersonWouldUse() {
        // given
        SettingKey<String> inFileAlone = ONE.withFlags();
        SettingKey<String> asVariableAlone = SettingKey.<String>of("", "--b-c", ValueType.TEXT, null, "m")
                .withFlags()
                .withVariables("X", "Y");

        // then
        assertThat(List.of(ONE.shortName(), inFileAlone.shortName(), asVariableAlone.shortName()))
                .containsExactly("--b-c", "a.bC", "X");
    }

    @Test
    void changingOneAspectKeepsTheOthers() {
        // when
        SettingKey<String> changed =
                ONE.withFlags("--x", "--y").withVariables("Z").asList();

        // then
        assertThat(changed)
                .isEqualTo(new SettingKey<>(
                        "a.bC",
                        List.of("--x", "--y"),
                        List.of("Z"),
                        ValueType.TEXT,
                        SettingKey.Many.LIST,
                        "d",
                        "says it"));
        assertThat(changed.defaultText()).contains("d");
    }
}
