package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The patterns that need no validator, judged by the validator too. */
class PlainPatternTest {

    private static boolean admits(String regex, String text) {
        return PlainPattern.of(regex).orElseThrow().admits(text);
    }

    private static boolean isValid(String regex, String text) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        root.putObject("components").putObject("schemas").putObject("S").put("pattern", regex);
        Schema schema = new SchemaCompiler(root).compile("/components/schemas/S");
        return new ContractSchema(schema, schema, null, null, true)
                .validateRequest(StringNode.valueOf(text))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'^[a-z]{1,20}$', rocky",
        "'^[A-Za-z0-9._-]{1,64}$', a.b_C-9",
        "'^[A-Za-z0-9-]{1,64}$', item-001",
        "^(cat|dog)s?$, dogs",
        "^(?:[a-z]+-)*[a-z]+$, a-bc-d",
        "^\\d{4}-\\d{2}$, 2026-11",
        "^\\w+@\\w+\\.com$, jane_1@example.com",
        "^#[0-9a-f]{6}$, #00ff7a",
        "^[-a]+$, a-a",
        "^[\\w.-]+$, a.b-c",
        "^\\$\\{[A-Z_]+\\}$, ${HOME}",
        "b+, abbc",
        "^a, abc",
        "c$, abc",
        "'^a{2,}$', aaaa",
        "^/v[0-9]+/, /v2/pets",
    })
    void anOrdinaryTextOfAnOrdinaryPatternNeedsNoValidator(String regex, String text) {
        // then
        assertThat(admits(regex, text)).isTrue();
        assertThat(isValid(regex, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'^[a-z]{1,20}$', ''",
        "'^[a-z]{1,20}$', Rocky",
        "'^[a-z]{1,3}$', abcd",
        "^(cat|dog)s?$, cow",
        "^\\d+$, \u0661",
        "^\\w+$, \u00e4",
        "^a.b$, ''",
        "b, aca",
        "^b, ab",
        "b$, ba",
    })
    void aTextThatDoesNotMatchIsForTheValidator(String regex, String text) {
        // then
        assertThat(PlainPattern.of(regex).filter(pattern -> pattern.admits(text)))
                .isEmpty();
    }

    /** Java's own {@code $} would let the line break pass. */
    @Test
    void theEndIsTheVeryEnd() {
        // then
        assertThat(admits("^[a-z]+$", "abc\n")).isFalse();
        assertThat(admits("^[a-z]+$", "abc")).isTrue();
    }

    @Test
    void aLongTextIsForTheValidator() {
        // then
        assertThat(admits("^(a|b)*$", "ab".repeat(256))).isTrue();
        assertThat(admits("^(a|b)*$", "ab".repeat(256) + "a")).isFalse();
    }

    /** Other dialects read these in another way, or not at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^",
                "$",
                "^$",
                "^a|b$",
                "a|b",
                "a.b",
                "^.*$",
                "\\s",
                "\\D",
                "\\bword\\b",
                "\\u0041",
                "\\x41",
                "\\p{L}",
                "\\1",
                "(a)\\1",
                "(?=a)",
                "(?!a)",
                "(?<name>a)",
                "(?i)a",
                "()",
                "(a|)",
                "(a",
                "a)",
                "[a",
                "[]",
                "[^a]",
                "[a-]b-c]",
                "[+-.]",
                "[a-Z]",
                "[z-a]",
                "[a-z-9]",
                "[a-\\d]",
                "[\\d-z]",
                "[a&&b]",
                "[[a]]",
                "a**",
                "a++",
                "a+?",
                "a{2}{3}",
                "a{,2}",
                "a{3,2}",
                "a{1000}",
                "a{",
                "a}",
                "{2}",
                "*a",
                "+",
                "a^b",
                "a$b",
                "\\",
                "a\\",
                "a\\\\$b",
                "\u00e4"
            })
    void aPatternBeyondThatIsForTheValidator(String regex) {
        // then
        assertThat(PlainPattern.of(regex)).as(regex).isEmpty();
    }

    @Test
    void aPatternThatIsTooLongOrTooDeepIsForTheValidator() {
        // then
        assertThat(PlainPattern.of("a".repeat(256))).isPresent();
        assertThat(PlainPattern.of("a".repeat(257))).isEmpty();
        assertThat(PlainPattern.of("(".repeat(8) + "a" + ")".repeat(8))).isPresent();
        assertThat(PlainPattern.of("(".repeat(9) + "a" + ")".repeat(9))).isEmpty();
    }

    @Property(tries = 1000)
    void whatIsAdmittedIsValid(@ForAll("patterns") String regex, @ForAll("texts") String text) {
        // then
        PlainPattern.of(regex)
                .filter(pattern -> pattern.admits(text))
                .ifPresent(_ -> assertThat(isValid(regex, text))
                        .as("'%s' of '%s'", text, regex)
                        .isTrue());
    }

    @Property(tries = 300)
    void ofOrdinaryPatternsAllThatIsValidIsAdmitted(@ForAll("ordinary") String regex, @ForAll("texts") String text) {
        // then
        assertThat(admits(regex, text)).as("'%s' of '%s'", text, regex).isEqualTo(isValid(regex, text));
    }

    /** Whatever is put together: it is compiled or is none, and never fails. */
    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "^", "$", "a", "b", "-", "[a-z]", "[0-9_]", "[a-", "]", "(", "(?:", ")", "|", "*", "+", "?",
                        "{2}", "{1,}", "{0,3}", "\\d", "\\w", "\\.", "\\", ".", "[.", "[-", "&&", " ", "/")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> ordinary() {
        Arbitrary<String> atoms =
                Arbitraries.of("a", "b1", "[a-b]", "[0-9.-]", "\\d", "\\w", "(a|b1)", "(?:a-)", "/", "\\.");
        Arbitrary<String> quantified = Combinators.combine(
                        atoms, Arbitraries.of("", "", "*", "+", "?", "{2}", "{1,}", "{0,3}"))
                .as((atom, quantifier) -> atom.equals("b1") ? atom : atom + quantifier);
        return Combinators.combine(
                        Arbitraries.of("", "^"), quantified.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of("", "$"))
                .as((begin, parts, end) -> begin + String.join("", parts) + end);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "b1", "1", "-", ".", "/", "_", " ", "\n", "z", "\u00e4", "a-")
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^a$",
                "abc",
                "^[A-Za-z0-9-]{1,64}$",
                "[a-z]+",
                "^\\d{4}-\\d{2}-\\d{2}$",
                "^\\w+@\\w+$",
                "^(red|green|blue)$",
                "^(a|b)?c$",
                "^\\(a+\\)$",
            })
    void whatHasFewWaysIsNotCounted(String regex) {
        // then
        assertThat(PlainPattern.of(regex).orElseThrow().hasFewWays()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z]*[a-z]*[a-z]*x$",
                "[a-z]+[a-z]+x",
                "^(a+)+$",
                "^(a|a)*$",
                "^(a{0,30}){0,30}$",
                "^(a?){30}a{30}$",
                "^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b$",
                "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a{25}$",
                "^(\\\\)*$",
            })
    void whatMayHaveManyWaysIsCounted(String regex) {
        // given
        PlainPattern pattern = PlainPattern.of(regex).orElseThrow();

        // then
        assertThat(pattern.hasFewWays()).isFalse();
        assertThat(pattern.admits("a".repeat(400) + "!")).isFalse();
    }
}
