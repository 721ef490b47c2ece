package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.brr.runtime.handler.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenClaimsTest {
    private static Principal principal(String claims) throws ParseException {
        return TokenClaims.principal("Bearer", JWTClaimsSet.parse(claims));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ``",
                "{`scope`: `read`} | read",
                "{`scope`: `read  write `} | read write",
                "{`scope`: ``} | ``",
                "{`scope`: [`read`, `write`]} | read write",
                "{`scp`: `read write`} | read write",
                "{`scp`: [`read`]} | read",
                "{`scp`: [`read`, 7, null]} | read",
                "{`scope`: `read`, `scp`: [`write`]} | read write",
                "{`scope`: 7, `scp`: {`a`: 1}} | ``",
                "{`scope`: null} | ``",
            })
    void scopesStandInScopeOrScp(String claims, String scopes) throws ParseException {
        // given
        Set<String> wanted = scopes.equals("``") || scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" "));

        // then
        assertThat(principal(claims.replace('`', '"')).scopes()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`sub`: `ann`, `client_id`: `app`} | ann",
                "{`client_id`: `app`, `azp`: `other`} | app",
                "{`azp`: `other`} | other",
                "{`sub`: ``, `azp`: `other`} | other",
                "{`client_id`: 7, `azp`: `other`} | other",
                "{} | ''",
            })
    void theHolderIsTheSubjectOrElseTheClient(String claims, String name) throws ParseException {
        // then
        assertThat(principal(claims.replace('`', '"')).name()).isEqualTo(name);
    }

    @Test
    void claimsArePlainValues() throws ParseException {
        // when
        Map<String, Object> claims = principal(
                        "{\"exp\": 1000, \"n\": 7, \"b\": true, \"l\": [1, \"a\"], \"o\": {\"k\": null}, \"aud\": \"a\"}")
                .claims();

        // then
        assertThat(claims)
                .containsEntry("exp", Instant.ofEpochSecond(1000))
                .containsEntry("n", 7L)
                .containsEntry("b", true)
                .containsEntry("l", List.of(1L, "a"))
                .containsKey("o");
    }

    @Test
    void theTextFormHoldsNoClaim() throws ParseException {
        // then
        assertThat(principal("{\"sub\": \"ann\", \"email\": \"ann@example.com\"}"))
                .hasToString("Bearer:ann");
    }
}
