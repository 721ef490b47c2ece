package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/reference/runtime-settings.md to the settings; brr.generate=true writes its table anew. */
class SettingsReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "runtime-settings.md");
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->\n";

    static List<SettingKey<?>> keys() {
        return SettingCatalog.ALL;
    }

    @Test
    void thePageHasEverySettingAndNoOther() throws IOException {
        // given
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String wanted = before + SettingsReference.markdown() + after;
        if (Boolean.getBoolean("brr.generate")) {
            Files.writeString(PAGE, wanted);
        }

        // then
        assertThat(Files.readString(PAGE))
                .as("docs/reference/runtime-settings.md differs from the settings; run this test with"
                        + " -Dbrr.generate=true")
                .isEqualTo(wanted);
    }

    @Test
    void noTwoSettingsShareAName() {
        // given
        Set<String> seen = new HashSet<>();

        // then
        assertThat(keys().stream()
                        .flatMap(key -> Stream.of(List.of(key.name()), key.flags(), key.variables())
                                .flatMap(List::stream))
                        .filter(name -> !name.isEmpty()))
                .allMatch(seen::add);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyNameFollowsTheConvention(SettingKey<?> key) {
        // then
        assertThat(key.name()).matches("|[a-z]+\\.[a-zA-Z]+(\\.(<[a-z]+>|[a-zA-Z]+))*");
        assertThat(key.flags()).allMatch(flag -> flag.matches("--[a-z]+(-[a-z0-9]+)*"));
        assertThat(key.variables())
                .isNotEmpty()
                .allMatch(variable -> variable.matches("(BRR_[A-Z0-9_]+(<[a-z]+>)?|PORT|OTEL_[A-Z_]+)"));
        assertThat(key.meaning()).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aDefaultIsAValueOfItsOwnType(SettingKey<?> key) {
        // then
        assertThat(key.defaultText()
                        .map(text -> key.type().reading().apply(text).map(Object::toString)))
                .isEqualTo(key.defaultText().map(_ -> Optional.of(String.valueOf(key.whenAbsent()))));
    }

    @Test
    void theFlagsNameTheirVariableAndDefault() {
        // then
        assertThat(SettingsReference.flags())
                .contains("--spec FILE", "(BRR_SPEC)")
                .contains("--port N")
                .contains("8080 (BRR_PORT, PORT)")
                .contains("--response-validation on|off")
                .doesNotContain("null");
    }
}
