package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.security.Authorization.Absent;
import dev.brr.runtime.security.Authorization.Basic;
import dev.brr.runtime.security.Authorization.Bearer;
import dev.brr.runtime.security.Authorization.Unfit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {
    private static Authorization read(String value) {
        return Authorization.of(List.of(value));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noHeaderIsNone() {
        // then
        assertThat(Authorization.of(List.of())).isEqualTo(new Absent());
    }

    @Test
    void twoHeadersAreNoneThatCounts() {
        // then
        assertThat(Authorization.of(List.of("Bearer a", "Bearer a"))).isEqualTo(new Unfit(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc", "Bearer  abc", "Bearer abc "})
    void theSchemeIsReadInEitherCase(String value) {
        // then
        assertThat(read(value)).isEqualTo(new Bearer("abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "aZ09-._~+/==", "a=", "-"})
    void aTokenHasTheFormOfToken68(String token) {
        // then
        assertThat(read("Bearer " + token)).isEqualTo(new Bearer(token));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer a b | bearer",
                "Bearer a,b | bearer",
                "Bearer = | bearer",
                "Bearer a=b | bearer",
                "Bearer \"a\" | bearer",
                "Bearer | bearer",
                "Basic | basic",
                "Basic a | basic",
                "Basic %%% | basic",
                "Digest username=x | digest",
                "Token abc | token",
                "a.b.c | a.b.c",
            })
    void whatDoesNotFitNamesItsScheme(String value, String scheme) {
        // then
        assertThat(read(value)).isEqualTo(new Unfit(scheme));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Bearer a", "Bearer\ta", "(Bearer) a", "Bearer:a"})
    void whatNamesNoSchemeIsUnfit(String value) {
        // then
        assertThat(read(value)).isInstanceOf(Unfit.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann:secret | ann | secret",
                "ann:a:b | ann | a:b",
                "ann: | ann | ''",
                ":secret | '' | secret",
                "änn:gehäim | änn | gehäim",
            })
    void userAndPasswordAreSplitAtTheFirstColon(String pair, String user, String password) {
        // then
        assertThat(read("Basic " + base64(pair))).isEqualTo(new Basic(user, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "an\nn:x", "ann:x\u0000", "ann:\u007f"})
    void aPairWithoutColonOrWithControlCharactersIsUnfit(String pair) {
        // then
        assertThat(read("Basic " + base64(pair))).isEqualTo(new Unfit("basic"));
    }

    @Test
    void bytesThatAreNotUtf8AreUnfit() {
        // given
        String latin = Base64.getEncoder().encodeToString("änn:x".getBytes(StandardCharsets.ISO_8859_1));

        // then
        assertThat(read("Basic " + latin)).isEqualTo(new Unfit("basic"));
    }

    @Test
    void noTextFormHoldsASecret() {
        // then
        assertThat(read("Basic " + base64("ann:secret"))).hasToString("Basic[ann]");
        assertThat(read("Bearer secret")).hasToString("Bearer");
    }

    @Property
    void anyTextIsReadAsSomething(@ForAll String text) {
        // then
        assertThat(read(text)).isNotNull();
        assertThat(read("Bearer " + text)).isNotNull();
        assertThat(read("Basic " + text)).isNotNull();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("users") String user, @ForAll("passwords") String password) {
        // then
        assertThat(read("Basic " + base64(user + ":" + password))).isEqualTo(new Basic(user, password));
    }

    @Property
    void aTokenIsNeverChanged(@ForAll("tokens") String token) {
        // then
        assertThat(read("Bearer " + token)).isEqualTo(new Bearer(token));
    }

    @Provide
    Arbitrary<String> users() {
        return passwords().filter(user -> user.indexOf(':') < 0);
    }

    @Provide
    Arbitrary<String> passwords() {
        return Arbitraries.strings()
                .ofMaxLength(40)
                .filter(text -> text.chars().noneMatch(Character::isISOControl)
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("-._~+/")
                .ofMinLength(1)
                .ofMaxLength(200);
    }
}
