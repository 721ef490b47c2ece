package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.handler.Value;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class BoundValueTest {

    private static Value value(String json) {
        return new BoundValue("p", JsonMapper.shared().readTree(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | 5 | OptionalInt[5] | OptionalLong[5] | OptionalDouble[5.0] | Optional.empty",
                "3000000000 | 3000000000 | OptionalInt.empty | OptionalLong[3000000000] | OptionalDouble[3.0E9] | Optional.empty",
                "99999999999999999999 | 99999999999999999999 | OptionalInt.empty | OptionalLong.empty | OptionalDouble[1.0E20] | Optional.empty",
                "1.5 | 1.5 | OptionalInt.empty | OptionalLong.empty | OptionalDouble[1.5] | Optional.empty",
                "true | true | OptionalInt.empty | OptionalLong.empty | OptionalDouble.empty | Optional[true]",
                "\"5\" | 5 | OptionalInt.empty | OptionalLong.empty | OptionalDouble.empty | Optional.empty",
                "[1,2] | [1,2] | OptionalInt.empty | OptionalLong.empty | OptionalDouble.empty | Optional.empty",
            })
    void aValueIsWhatItsSchemaMadeOfIt(
            String json, String text, String whole, String longer, String number, String flag) {
        // given
        Value value = value(json);

        // then
        assertThat(value.text()).isEqualTo(text);
        assertThat(value.asInt()).hasToString(whole);
        assertThat(value.asLong()).hasToString(longer);
        assertThat(value.asDouble()).hasToString(number);
        assertThat(value.asBoolean()).hasToString(flag);
    }

    @Test
    void nullIsThereAndMapsToNothing() {
        // given
        Value value = value("null");

        // then
        assertThat(value.isPresent()).isTrue();
        assertThat(value.as(Object.class)).isEmpty();
        assertThat(value.asInt()).isEmpty();
    }

    @Test
    void aListHasTexts() {
        // then
        assertThat(value("[1,\"a\",true]").texts()).containsExactly("1", "a", "true");
        assertThat(value("\"a\"").texts()).containsExactly("a");
    }

    @Test
    void aValueIsMapped() {
        // given
        record Filter(int a, List<String> b) {}

        // then
        assertThat(value("{\"a\":1,\"b\":[\"x\"]}").as(Filter.class)).contains(new Filter(1, List.of("x")));
        assertThat(value("{\"a\":1}").as(Map.class)).contains(Map.of("a", 1));
    }

    @Test
    void anAbsentValueIsEmptyInEveryForm() {
        // given
        Value absent = new BoundValue("limit", null);

        // then
        assertThat(absent.isPresent()).isFalse();
        assertThat(absent.asText()).isEmpty();
        assertThat(absent.asInt()).isEmpty();
        assertThat(absent.asLong()).isEmpty();
        assertThat(absent.asDouble()).isEmpty();
        assertThat(absent.asBoolean()).isEmpty();
        assertThat(absent.texts()).isEmpty();
        assertThat(absent.as(String.class)).isEmpty();
        assertThatThrownBy(absent::text)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the request has no parameter limit");
    }
}
