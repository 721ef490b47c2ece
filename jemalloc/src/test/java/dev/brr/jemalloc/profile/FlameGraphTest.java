package dev.brr.jemalloc.profile;

import static dev.brr.jemalloc.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree that the page draws: {@code ["name","kind",bytes,[children]]}. */
class FlameGraphTest {

    @Test
    void anEmptyProfileIsItsRoot() {
        // given
        var profile = Profiles.of();
        // when
        String tree = tree(profile);
        // then
        assertThat(tree).isEqualTo("[\"all\",\"\",0,[]]");
    }

    @Test
    void theOutermostFrameIsNextToTheRoot() {
        // given
        var profile = Profiles.of(stack("", 10, "malloc", "a.B.inner", "a.B.outer"));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree)
                .isEqualTo("[\"all\",\"\",10,[[\"a.B.outer\",\"java\",10,[[\"a.B.inner\",\"java\",10,"
                        + "[[\"malloc\",\"native\",10,[]]]]]]]]");
    }

    @Test
    void theOperationStandsAboveItsFrames() {
        // given
        var profile = Profiles.of(stack("getPet", 10, "a.B.c"));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree).isEqualTo("[\"all\",\"\",10,[[\"getPet\",\"operation\",10,[[\"a.B.c\",\"java\",10,[]]]]]]");
    }

    @Test
    void stacksThatBeginAlikeShareTheirFrames() {
        // given
        var profile = Profiles.of(stack("", 10, "a.B.x", "a.B.main"), stack("", 5, "a.B.y", "a.B.main"));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree)
                .isEqualTo("[\"all\",\"\",15,[[\"a.B.main\",\"java\",15,"
                        + "[[\"a.B.x\",\"java\",10,[]],[\"a.B.y\",\"java\",5,[]]]]]]");
    }

    @Test
    void anOperationThatIsCalledLikeAMethodStaysApartFromIt() {
        // given
        var profile = Profiles.of(stack("run", 10, "x.Y.z"), stack("", 5, "run"));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree).contains("[\"run\",\"operation\",10,", "[\"run\",\"native\",5,");
    }

    @Test
    void whatWasFreedIsNegative() {
        // given
        var profile = Profiles.of(stack("", -7, "a.B.c"));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree).isEqualTo("[\"all\",\"\",-7,[[\"a.B.c\",\"java\",-7,[]]]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\"b       | a\\u0022b",
                "a\\b       | a\\u005cb",
                "<init>     | \\u003cinit>",
                "</script>  | \\u003c/script>",
                "täglich    | täglich",
            })
    void namesAreWrittenSoThatAScriptMayHoldThem(String name, String written) {
        // given
        var profile = Profiles.of(stack("", 1, name.strip()));
        // when
        String tree = tree(profile);
        // then
        assertThat(tree).contains("[\"" + written.strip() + "\",");
    }

    @Property
    void noNameLeavesItsString(@ForAll String name) {
        // given
        var profile = Profiles.of(stack(name + "x", 1, "a.B.c"));
        // when
        String tree = tree(profile);
        // then: what could end the string, the line or the script is not there as itself
        assertThat(tree.substring(tree.indexOf("[[\"") + 3, tree.indexOf("\",\"operation\"")))
                .doesNotContain("\"", "<", "\n", "\r", "\u2028", "\u2029");
    }

    @ParameterizedTest
    @CsvSource({"'a & b', 'a &amp; b'", "<b>, &lt;b&gt;", "plain, plain"})
    void theTitleIsTextAndNothingElse(String title, String written) {
        // given
        // when
        String page = FlameGraph.page(Profiles.of(), title);
        // then
        assertThat(page).contains("<h1>" + written + "</h1>", "<title>" + written + "</title>");
    }

    /** What a browser draws was looked at by eye; this keeps its parts in the page. */
    @ParameterizedTest
    @CsvSource({
        "find, a search",
        "keys, a legend of the colours",
        "whole, a way back from a zoom",
        "matched, the sum",
        "chart, frames"
    })
    void thePageHas(String id, String what) {
        // given
        String page = FlameGraph.page(Profiles.of(stack("getPet", 10, "a.B.c")), "title");
        // when
        // then
        assertThat(page)
                .as(what)
                .contains("id=\"" + id + "\"")
                .contains(id + " = document.getElementById('" + id + "')");
    }

    @ParameterizedTest
    @CsvSource({"java", "native", "operation", "all", "grew", "freed"})
    void eachKindOfFrameHasAColour(String kind) {
        // given
        String page = FlameGraph.page(Profiles.of(), "title");
        // when
        // then
        assertThat(page).contains("." + kind + " { background: #");
    }

    /** The page of a difference has its colours by what it is, and not by whether anything was freed. */
    @ParameterizedTest
    @CsvSource({"10", "-10", "0"})
    void aDifferenceIsDrawnAsOneWhateverItHas(long bytes) {
        // given
        var profile = Profiles.of(stack("getPet", bytes, "a.B.c"));
        // when
        String difference = FlameGraph.differencePage(profile, "growth");
        String page = FlameGraph.page(profile, "in use");
        // then
        assertThat(difference)
                .contains("const DIFFERS = true;\n", "<h1>growth</h1>")
                .contains("return DIFFERS ? (node[BYTES] < 0 ? 'freed' : 'grew') : node[KIND];");
        assertThat(page).contains("const DIFFERS = false;\n");
    }

    @Test
    void thePageAsksNobodyForAnything() {
        // given
        String page = FlameGraph.page(Profiles.of(stack("getPet", 10, "a.B.c")), "title");
        // when
        // then
        assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "@title@", "@data@", "@difference@");
    }

    private static String tree(HeapProfile profile) {
        String page = FlameGraph.page(profile, "title");
        int begin = page.indexOf("const data = ") + "const data = ".length();
        return page.substring(begin, page.indexOf(";\nconst DIFFERS"));
    }
}
