package dev.brr.operator.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentProblemTest {

    @ParameterizedTest
    @CsvSource({
        "12, /paths/~1pets/get, has no responses, line 12 /paths/~1pets/get: has no responses",
        "12, '',                has no responses, line 12: has no responses",
        "1,  '',                is empty,         line 1: is empty",
        "0,  /paths/~1pets/get, has no responses, /paths/~1pets/get: has no responses",
        "0,  '',                is empty,         is empty",
        "-1, '',                is empty,         is empty",
        "-1, /info,             is missing,       /info: is missing",
    })
    void saysWhereAndWhatInOneLine(int line, String pointer, String message, String expected) {
        // given
        var problem = new DocumentProblem(line, pointer, message);
        // when
        var text = problem.text();
        // then
        assertThat(text).isEqualTo(expected);
    }
}
