package dev.brr.runtime.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({"port,port,0", "prot,port,1", "por,port,1", "portt,port,1", "pors,port,1", "host,port,2", "'',port,4"})
    void slipsOfThePenAreCounted(String a, String b, int slips) {
        // then
        assertThat(Spelling.slips(a, b)).isEqualTo(slips);
    }

    @Property(tries = 200)
    void slipsAreTheSameBothWaysAndNoneBetweenEquals(
            @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
        // then
        assertThat(Spelling.slips(a, b)).isEqualTo(Spelling.slips(b, a)).isLessThanOrEqualTo(12);
        assertThat(Spelling.slips(a, b) == 0).isEqualTo(a.equals(b));
    }

    @Test
    void theNearestNameIsFoundWithinTheSlips() {
        // then
        assertThat(Spelling.nearest("prot", List.of("host", "port"), 2)).contains("port");
        assertThat(Spelling.nearest("prot", List.of("host", "name"), 1)).isEmpty();
    }

    @Test
    void aWordOfAnyLengthIsAnsweredAtOnce() {
        // then
        assertThat(Spelling.nearest("p".repeat(5_000_000), List.of("host", "port"), 2))
                .isEmpty();
        assertThat(Spelling.nearest("ports", List.of("host", "port"), 1)).contains("port");
    }
}
