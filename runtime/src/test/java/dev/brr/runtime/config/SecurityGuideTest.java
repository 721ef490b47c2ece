package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/guide/06-securing-a-service.md to the settings that there are. */
class SecurityGuideTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "06-securing-a-service.md");
    private static final Pattern VARIABLE = Pattern.compile("BRR_[A-Z]+(_[A-Z]+)*(__(<scheme>|OAuth))?");
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]+");

    private static Set<String> named(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            names.add(matcher.group().replace("__OAuth", "__<scheme>"));
        }
        return names;
    }

    private static List<String> known(boolean flags) {
        return SettingCatalog.ALL.stream()
                .flatMap(key -> (flags ? key.flags() : key.variables()).stream())
                .toList();
    }

    @Test
    void everyVariableOfTheGuideIsThere() throws IOException {
        // then
        assertThat(named(VARIABLE)).hasSizeGreaterThan(5);
        assertThat(known(false)).containsAll(named(VARIABLE));
    }

    @Test
    void everyFlagOfTheGuideIsThere() throws IOException {
        // then
        assertThat(named(FLAG)).hasSizeGreaterThan(5);
        assertThat(known(true)).containsAll(named(FLAG));
    }

    @Test
    void everySettingOfCallersIsInTheGuide() throws IOException {
        // given
        String page = Files.readString(PAGE);

        // then
        assertThat(SecurityKeys.ALL)
                .allSatisfy(key -> assertThat(page)
                        .as(key.shortName())
                        .containsAnyOf(
                                String.join("", key.variables().subList(0, 1)),
                                key.flags().isEmpty() ? "no flag" : key.flags().getFirst(),
                                key.name().isEmpty()
                                        ? "no name"
                                        : key.name().substring(key.name().lastIndexOf('.') + 1)));
    }
}
