package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.contract.Query.Pair;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @Test
    void pairsComeInTheirOrderWithValuesRaw() {
        // when
        Query query = Query.parse("a=1&b=x%2Cy,z&a=2");

        // then
        assertThat(query.pairs()).containsExactly(new Pair("a", "1"), new Pair("b", "x%2Cy,z"), new Pair("a", "2"));
        assertThat(query.all("a")).containsExactly("1", "2");
        assertThat(query.all("c")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | a | ''",
                "a= | a | ''",
                "=a | '' | a",
                "a=b=c | a | b=c",
                "filter%5Bx%5D=1 | filter[x] | 1",
                "filter[x]=1 | filter[x] | 1",
                "a+b=c+d | 'a b' | c+d",
                "&&a=1&& | a | 1",
            })
    void namesAreDecoded(String raw, String name, String rawValue) {
        // then
        assertThat(Query.parse(raw).pairs()).containsExactly(new Pair(name, rawValue));
    }

    @Test
    void aValueIsDecodedWhenItIsAskedFor() {
        // then
        assertThat(new Pair("a", "x+y%2B").value()).isEqualTo("x y+");
    }

    @Test
    void nothingMakesNoPairs() {
        // then
        assertThat(Query.parse("").pairs()).isEmpty();
    }

    @Test
    void aNameThatIsNotWellEncodedIsRefused() {
        // then
        assertThatThrownBy(() -> Query.parse("%zz=1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void noTextBreaksIt(@ForAll String text) {
        // when
        List<Pair> pairs = Query.parse(text.replace("%", "")).pairs();

        // then
        assertThat(pairs).allSatisfy(pair -> assertThat(pair.rawValue()).doesNotContain("&"));
    }

    @Test
    void pairsWithoutEndAreNotRead() {
        // given
        String most = "a=1&".repeat(10_000);

        // then
        assertThat(Query.parse(most).pairs()).hasSize(10_000);
        assertThat(Query.parse("&".repeat(20_000)).pairs()).isEmpty();
        assertThatThrownBy(() -> Query.parse(most + "b=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the form has more than 10000 fields");
    }
}
