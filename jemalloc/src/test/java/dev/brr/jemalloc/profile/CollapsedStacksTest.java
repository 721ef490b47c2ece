package dev.brr.jemalloc.profile;

import static dev.brr.jemalloc.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollapsedStacksTest {

    @ParameterizedTest
    @CsvSource({
        "getPet, a.B.c d.E.f, 7,  'getPet;d.E.f;a.B.c 7'",
        "'',     a.B.c,       7,  'a.B.c 7'",
        "getPet, '',          7,  'getPet 7'",
        "'',     '',          7,  '[unknown] 7'",
        "a;b,    c;d,         -7, 'a:b;c:d -7'",
    })
    void aStackIsALine(String operation, String frames, long bytes, String line) {
        // given
        String[] names = frames.isEmpty() ? new String[0] : frames.split(" ");
        var profile = Profiles.of(stack(operation, bytes, names));
        // when
        String text = CollapsedStacks.write(profile);
        // then
        assertThat(text).isEqualTo(line + "\n");
    }

    @Property
    void whateverNamesAreThereAreAsManyLinesAsStacksAndPartsAsFrames(
            @ForAll @Size(min = 1, max = 12) List<String> names) {
        // given
        var profile = Profiles.of(stack("", 42, names.toArray(String[]::new)), stack("", 1, "other"));
        // when
        List<String> lines = List.of(CollapsedStacks.write(profile).split("\n", -1));
        // then
        assertThat(lines).hasSize(3).last().isEqualTo("");
        assertThat(lines.getFirst()).endsWith(" 42");
        assertThat(lines.getFirst().chars().filter(c -> c == ';').count()).isEqualTo(names.size() - 1L);
    }
}
