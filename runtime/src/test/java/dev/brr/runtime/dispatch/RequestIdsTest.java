package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "a.b:c_d"
            })
    void aFitIdIsKept(String id) {
        // then
        assertThat(RequestIds.of(List.of(id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\"b", "é", "a;b", "<script>"})
    void anUnfitIdIsReplaced(String id) {
        // then
        assertThat(RequestIds.of(List.of(id))).matches("[0-9a-f]{32}");
    }

    @Test
    void anIdMayHave128Characters() {
        // then
        assertThat(RequestIds.of(List.of("x".repeat(128)))).hasSize(128);
        assertThat(RequestIds.of(List.of("x".repeat(129)))).hasSize(32);
    }

    @Test
    void severalIdsOrNoneAreReplaced() {
        // then
        assertThat(RequestIds.of(List.of("a", "b"))).hasSize(32);
        assertThat(RequestIds.of(List.of())).hasSize(32);
    }
}
