package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerTest {

    @ParameterizedTest
    @CsvSource({
        "'', a, /a",
        "/a, b, /a/b",
        "/paths, /pets/{id}, /paths/~1pets~1{id}",
        "/x, a~b, /x/a~0b",
        "/x, ~1, /x/~01",
        "/x, '', /x/",
        "/x, 0, /x/0"
    })
    void aTokenIsAppendedEscaped(String parent, String token, String pointer) {
        // when
        String child = Pointer.child(parent, token);

        // then
        assertThat(child).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "/a, ''", "/a/b, /a", "/paths/~1pets/get, /paths/~1pets"})
    void theParentIsWhatHoldsTheValue(String pointer, String parent) {
        // then
        assertThat(Pointer.parent(pointer)).isEqualTo(parent);
    }

    @Test
    void theWholeDocumentHasNoTokens() {
        // then
        assertThat(Pointer.tokens("")).isEmpty();
    }

    @Test
    void anEmptyTokenIsAToken() {
        // then
        assertThat(Pointer.tokens("/a//b")).containsExactly("a", "", "b");
    }

    @Property
    void tokensComeBackAsTheyWentIn(@ForAll @Size(max = 6) List<String> tokens) {
        // given
        String pointer = Pointer.of(tokens.toArray(String[]::new));

        // when
        List<String> back = Pointer.tokens(pointer);

        // then
        assertThat(back).isEqualTo(tokens);
    }
}
