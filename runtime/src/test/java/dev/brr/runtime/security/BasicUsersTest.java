package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicUsersTest {
    /** printf secret | sha256sum */
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static BasicUsers users(String text) {
        BasicUsers.Reading reading = BasicUsers.read(text);
        assertThat(reading.mistakes()).isEmpty();
        return reading.users();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, secret, true",
        "ann, Secret, false",
        "ann, '', false",
        "ann, hidden, false",
        "bob, hidden, true",
        "bob, secret, false",
        "cid, a:b, true",
        "Ann, secret, false",
        "eve, secret, false",
        "'', '', false",
    })
    void aPasswordOpensForItsOwnUser(String user, String password, boolean opens) {
        // given
        BasicUsers users = users("# people\nann:secret\n\nbob:{SHA256}"
                + "e564b4081d7a9ea4b00dada53bdae70c99b87b6fce869f0c3dd4d2bfa1e53e1c\ncid:a:b\n");

        // then
        assertThat(users.accept(user, password)).isEqualTo(opens);
    }

    @Test
    void aHashMayBeWrittenInEitherCase() {
        // then
        assertThat(users("ann:{sha256}" + HASH).accept("ann", "secret")).isTrue();
        assertThat(users("ann:{SHA256}" + HASH.toUpperCase()).accept("ann", "secret"))
                .isTrue();
    }

    @Test
    void aHashIsNoPassword() {
        // then
        assertThat(users("ann:{SHA256}" + HASH).accept("ann", HASH)).isFalse();
        assertThat(users("ann:{SHA256}" + HASH).accept("ann", "{SHA256}" + HASH))
                .isFalse();
    }

    @Test
    void bothPasswordsOfAUserOpen() {
        // given
        BasicUsers users = users("ann:old\nann:new");

        // then
        assertThat(users.accept("ann", "old")).isTrue();
        assertThat(users.accept("ann", "new")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, line 1 is not of the form user:password",
        "':secret', line 1 names no user",
        "'ann:', line 1 has no password",
        "'ann:{SHA256}12', line 1 has a {SHA256} that is not 64 hexadecimal digits",
        "'ann:{SHA256}', line 1 has a {SHA256} that is not 64 hexadecimal digits",
        "'ann:a\tb', line 1 has a control character",
        "'', has no line user:password",
        "'# nobody', has no line user:password",
    })
    void aMistakeNamesItsLineAndNoPassword(String text, String mistake) {
        // then
        assertThat(BasicUsers.read(text).mistakes()).containsExactly(mistake);
    }

    @Test
    void everyLineInMistakeIsNamed() {
        // then
        assertThat(BasicUsers.read("ann:a\nbob\n\ncid").mistakes())
                .containsExactly("line 2 is not of the form user:password", "line 4 is not of the form user:password");
    }

    @Test
    void theTextFormHoldsNoPassword() {
        // then
        assertThat(users("ann:secret\nbob:hidden")).hasToString("BasicUsers[2]");
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        // when
        BasicUsers.Reading reading = BasicUsers.read(text);

        // then
        assertThat(reading.users().accept("", "")).isFalse();
    }
}
