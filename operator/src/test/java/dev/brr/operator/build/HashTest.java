package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {

    @Test
    void nothingHashesToTheSha256OfNothing() {
        // given
        var hash = new Hash();
        // when
        var hex = hash.hex();
        // then
        assertThat(hex).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void staysWhatItIsFromReleaseToRelease() {
        // given
        var parts = new String[] {"base", "document"};
        // when
        var hash = Hash.of(parts);
        // then
        // SHA-256 of 8 bytes length, "base", 8 bytes length, "document"; registries hold tags made of it
        assertThat(hash).isEqualTo("eba35480b8f4625fb39e83a10b98849640da5de9f935f7aced2b36c20d1872d4");
    }

    @ParameterizedTest
    @CsvSource({"ab|c, a|bc", "abc, a|b|c", "a|, |a", "a, a|", "'', |", "a|b, b|a"})
    void differentSequencesDoNotRunTogether(String one, String other) {
        // given
        var parts = one.split("\\|", -1);
        var otherParts = other.split("\\|", -1);
        // when
        var hash = Hash.of(parts);
        // then
        assertThat(hash).isNotEqualTo(Hash.of(otherParts));
    }

    @Property
    void isEqualExactlyWhereTheSequencesAre(
            @ForAll @Size(max = 3) List<@StringLength(max = 2) String> one,
            @ForAll @Size(max = 3) List<@StringLength(max = 2) String> other) {
        // given
        var hash = Hash.of(one.toArray(String[]::new));
        // when
        var otherHash = Hash.of(other.toArray(String[]::new));
        // then
        assertThat(hash.equals(otherHash)).isEqualTo(bytes(one).equals(bytes(other)));
    }

    @Property
    void is64LowerCaseHexDigits(@ForAll List<String> parts) {
        // given
        var sequence = parts.toArray(String[]::new);
        // when
        var hash = Hash.of(sequence);
        // then
        assertThat(hash).matches("[0-9a-f]{64}");
    }

    @Property
    void addingOneByOneIsTheSameAsAllAtOnce(@ForAll @Size(max = 5) List<String> parts) {
        // given
        var hash = new Hash();
        // when
        parts.forEach(part -> hash.add(part.getBytes(StandardCharsets.UTF_8)));
        // then
        assertThat(hash.hex()).isEqualTo(Hash.of(parts.toArray(String[]::new)));
    }

    /** Lone surrogates become the same byte: what is hashed is UTF-8. */
    private static List<List<Byte>> bytes(List<String> parts) {
        return parts.stream()
                .map(part -> {
                    var bytes = part.getBytes(StandardCharsets.UTF_8);
                    var list = new Byte[bytes.length];
                    for (int i = 0; i < bytes.length; i++) {
                        list[i] = bytes[i];
                    }
                    return List.of(list);
                })
                .toList();
    }
}
