package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;

/** The limits of JSON that docs/guide/07-operating.md names. */
class JsonLimitsTest {

    private enum Kind {
        LISTS {
            @Override
            String text(int size) {
                return "[".repeat(size) + "]".repeat(size);
            }
        },
        MAPS {
            @Override
            String text(int size) {
                return "{\"a\":".repeat(size) + "1" + "}".repeat(size);
            }
        },
        WHOLE_NUMBER {
            @Override
            String text(int size) {
                return "[" + "7".repeat(size) + "]";
            }
        },
        NAME {
            @Override
            String text(int size) {
                return "{\"" + "n".repeat(size) + "\":1}";
            }
        };

        abstract String text(int size);

        byte[] json(int size) {
            return text(size).getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"LISTS, 500", "MAPS, 500", "WHOLE_NUMBER, 1000", "NAME, 50000"})
    void whatReachesALimitIsReadAndWhatIsBeyondIsRefused(Kind kind, int most) {
        // when
        JacksonException refusal = catchThrowableOfType(JacksonException.class, () -> Json.tree(kind.json(most + 1)));

        // then
        assertThatCode(() -> Json.tree(kind.json(most))).doesNotThrowAnyException();
        assertThat(Json.reason(refusal))
                .isEqualTo("is nested too deeply, or has a number, a name or a text that is too long");
    }

    @Test
    void aTextMayBeOfAHundredMillionCharactersAndTheHeapBoundsTheNumberOfValues() {
        // when: such texts would take more heap than a test has
        StreamReadConstraints limits = Json.MAPPER.tokenStreamFactory().streamReadConstraints();

        // then
        assertThat(limits.getMaxStringLength()).isEqualTo(100_000_000);
        assertThat(limits.getMaxTokenCount()).isEqualTo(Runtime.getRuntime().maxMemory() / 128);
    }

    @Test
    void tooManyValuesAreRefused() {
        // given
        int most = Math.toIntExact(
                Json.MAPPER.tokenStreamFactory().streamReadConstraints().getMaxTokenCount());

        // when
        JacksonException refusal = catchThrowableOfType(
                JacksonException.class,
                () -> Json.tree(("[" + "1,".repeat(most) + "1]").getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(Json.reason(refusal)).isEqualTo("has more values than the service has memory for");
    }
}
