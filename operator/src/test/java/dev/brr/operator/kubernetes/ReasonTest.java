package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/reference/conditions.md to the enums; brr.generate=true writes it anew. */
class ReasonTest {

    @BeforeAll
    static void generate() throws IOException {
        if (Boolean.getBoolean("brr.generate")) {
            Files.createDirectories(ConditionsReference.COMMITTED.getParent());
            Files.writeString(ConditionsReference.COMMITTED, ConditionsReference.generate());
        }
    }

    @Test
    void theReferenceIsWhatTheEnumsSay() throws IOException {
        // given
        var generated = ConditionsReference.generate();
        // when
        var committed = Files.readString(ConditionsReference.COMMITTED);
        // then
        assertThat(committed)
                .as("docs/reference/conditions.md differs from the enums; run this test with -Dbrr.generate=true")
                .isEqualTo(generated);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsRowInTheReference(Reason reason) throws IOException {
        // given
        var row = "| `%s` | ".formatted(reason);
        // when
        var page = Files.readString(ConditionsReference.COMMITTED);
        // then
        assertThat(page.lines().filter(line -> line.startsWith(row) && line.contains(reason.meaning())))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyConditionHasItsRowInTheReference(ConditionType type) throws IOException {
        // given
        var row = "| `%s` | %s |".formatted(type, ConditionsReference.meaning(type));
        // when
        var page = Files.readString(ConditionsReference.COMMITTED);
        // then
        assertThat(page.lines()).contains(row);
    }

    @ParameterizedTest
    @EnumSource
    void aReasonIsOneWordAsTheApiConventionsWantIt(Reason reason) {
        // given
        var apiPattern = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
        // when
        var name = reason.name();
        // then
        assertThat(name).matches(apiPattern).hasSizeLessThanOrEqualTo(1024).matches("([A-Z][a-z]+)+");
    }

    @ParameterizedTest
    @EnumSource
    void aMeaningIsWholeSentences(Reason reason) {
        // given
        // when
        var meaning = reason.meaning();
        // then
        assertThat(meaning).endsWith(".").doesNotContain("\n").hasSizeGreaterThan(20);
    }

    @Test
    void noTwoReasonsMeanTheSame() {
        // given
        var reasons = Reason.values();
        // when
        var meanings = Arrays.stream(reasons).map(Reason::meaning);
        // then
        assertThat(meanings).doesNotHaveDuplicates();
    }
}
