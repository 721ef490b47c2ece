package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.blackbox.SamplingDemand.Party;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingDemandTest {

    /** Before, whether jemalloc samples, who changes what, and after: all there is. */
    @ParameterizedTest(name = "{0}, sampled {1}, {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody          | no  | person starts   | person
            nobody          | no  | person stops    | nobody
            nobody          | no  | blackBox starts | blackBox
            nobody          | no  | blackBox stops  | nobody
            nobody          | yes | person starts   | person
            nobody          | yes | person stops    | nobody
            nobody          | yes | blackBox starts | person+blackBox
            nobody          | yes | blackBox stops  | person
            person          | yes | person starts   | person
            person          | yes | person stops    | nobody
            person          | yes | blackBox starts | person+blackBox
            person          | yes | blackBox stops  | person
            blackBox        | yes | person starts   | person+blackBox
            blackBox        | yes | person stops    | blackBox
            blackBox        | yes | blackBox starts | blackBox
            blackBox        | yes | blackBox stops  | nobody
            person+blackBox | yes | person starts   | person+blackBox
            person+blackBox | yes | person stops    | blackBox
            person+blackBox | yes | blackBox starts | person+blackBox
            person+blackBox | yes | blackBox stops  | person
            person          | no  | person starts   | person
            person          | no  | person stops    | nobody
            person          | no  | blackBox starts | blackBox
            person          | no  | blackBox stops  | nobody
            blackBox        | no  | person starts   | person
            blackBox        | no  | person stops    | nobody
            blackBox        | no  | blackBox starts | blackBox
            blackBox        | no  | blackBox stops  | nobody
            person+blackBox | no  | person starts   | person
            person+blackBox | no  | person stops    | nobody
            person+blackBox | no  | blackBox starts | blackBox
            person+blackBox | no  | blackBox stops  | nobody
            """)
    void nobodyEndsWhatAnotherOneBegan(String before, String sampled, String change, String after) {
        // given
        String[] words = change.split(" ");
        Party party = words[0].equals("person") ? Party.PERSON : Party.BLACK_BOX;
        // when
        SamplingDemand demand = demand(before).observed(sampled.equals("yes")).with(party, words[1].equals("starts"));
        // then
        assertThat(demand).isEqualTo(demand(after));
        assertThat(demand.isAny()).isEqualTo(!after.equals("nobody"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"nobody, false", "person, false", "blackBox, true", "person+blackBox, false"})
    void whatAPersonWantsIsNotTheBlackBoxsAlone(String who, boolean alone) {
        // given
        // when
        // then
        assertThat(demand(who).isOfBlackBoxAlone()).isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource({"nobody", "person", "blackBox", "person+blackBox"})
    void thePartiesAreNamed(String who) {
        // given
        List<Party> parties = demand(who).parties();
        // when
        String named = parties.stream().map(Party::term).collect(Collectors.joining("+"));
        // then
        assertThat(named.isEmpty() ? "nobody" : named).isEqualTo(who);
    }

    @Test
    void aNewProcessIsWantedByNobody() {
        // given
        // when
        // then
        assertThat(SamplingDemand.NONE.isAny()).isFalse();
    }

    private static SamplingDemand demand(String who) {
        return new SamplingDemand(who.contains("person"), who.contains("blackBox"));
    }
}
