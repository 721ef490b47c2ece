package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the corpus to being complete: whoever adds a field or a limit adds what shows it. */
class CorpusTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();
    private static final List<CorpusFile> VALID = Corpus.valid();
    private static final List<CorpusFile> INVALID = Corpus.invalid();
    private static final List<JsonNode> DOCUMENTS =
            VALID.stream().map(CorpusFile::document).toList();

    /** How far a value goes towards its bound, for each bound that a value can reach exactly. */
    private static final Map<String, ToLongFunction<JsonNode>> MEASURES = Map.of(
            "minimum", JsonNode::asLong,
            "maximum", JsonNode::asLong,
            "maxLength", value -> value.asText().length(),
            "minItems", JsonNode::size,
            "maxItems", JsonNode::size,
            "maxProperties", JsonNode::size);

    static Stream<CorpusFile> files() {
        return Stream.of(VALID, INVALID).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsABrrServiceAndSmall(CorpusFile file) {
        // given
        var document = file.document();
        // when
        var kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        // then
        assertThat(kind).isEqualTo("brr.dev/v1alpha1 BrrService");
        assertThat(document.at("/metadata/name").asText()).isNotEmpty();
        assertThat(document.at("/metadata/namespace")).isInstanceOf(MissingNode.class);
        assertThat(file.text().lines().count()).isLessThan(60);
    }

    @Test
    void everyInvalidFileNamesItsMessageAndNoValidOneDoes() {
        // given
        // when
        var silent = INVALID.stream().filter(file -> file.expectations().isEmpty());
        var loud = VALID.stream().filter(file -> !file.expectations().isEmpty());
        // then
        assertThat(silent).isEmpty();
        assertThat(loud).isEmpty();
    }

    @Test
    void everyFieldOfTheSpecIsInAValidFile() {
        // given
        var places = SCHEMA.spec();
        // when
        var missing = places.filter(place -> DOCUMENTS.stream().noneMatch(document -> isIn(document, place)))
                .map(SchemaNode::path);
        // then
        assertThat(missing).isEmpty();
    }

    @Test
    void everyChoiceIsMadeInAValidFile() {
        // given
        var choices = SCHEMA.spec().filter(place -> place.schema().has("enum"));
        // when
        var missing = choices.flatMap(
                place -> StreamSupport.stream(place.schema().get("enum").spliterator(), false)
                        .filter(choice -> valuesAt(place).noneMatch(choice::equals))
                        .map(choice -> place.path() + " " + choice));
        // then
        assertThat(missing).isEmpty();
    }

    @Test
    void everyDefaultIsCheckedInAValidFile() {
        // given
        var checked = VALID.stream()
                .flatMap(file -> file.defaults().stream())
                .map(setting -> setting.pointer().toString().substring(1).replace('/', '.') + " = " + setting.value())
                .toList();
        // when
        var defaults = SCHEMA.spec()
                .filter(place -> place.isLeaf() && place.schema().has("default"))
                .map(place ->
                        place.path() + " = " + place.schema().get("default").asText());
        // then
        assertThat(defaults).isNotEmpty().allSatisfy(each -> assertThat(checked).contains(each));
    }

    @TestFactory
    Stream<DynamicTest> everyLimitIsBrokenByAnInvalidFile() {
        return SCHEMA.spec()
                .flatMap(ServerMessage::limitsOf)
                .distinct()
                .map(limit -> DynamicTest.dynamicTest(limit.toString(), () -> assertBroken(limit)));
    }

    @Test
    void theRuleOnTheNameIsBrokenByAnInvalidFile() {
        // given
        var rules = ServerMessage.limitsOf(SCHEMA.at(""))
                .filter(limit -> limit.keyword().equals("rule"));
        // when
        var messages = rules.toList();
        // then
        assertThat(messages).hasSize(1);
        assertThat(INVALID)
                .anyMatch(file -> file.expectations().stream()
                        .anyMatch(expectation -> messages.getFirst().words().contains(expectation)));
    }

    @TestFactory
    Stream<DynamicTest> everyBoundIsReachedExactlyByAValidFile() {
        return SCHEMA.spec()
                .flatMap(place -> MEASURES.keySet().stream()
                        .filter(keyword -> place.schema().has(keyword))
                        .map(keyword -> DynamicTest.dynamicTest(
                                place.path() + " " + keyword, () -> assertReached(place, keyword))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# expct: replicas", "# defaults: /spec/replicas = 1", "# todo: more"})
    void aMisspeltDirectiveIsNotTakenForAComment(String line) {
        // given
        var text = line + "\nkind: BrrService\n";
        // when
        // then
        assertThatThrownBy(() -> CorpusFile.parse("a.yaml", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.yaml")
                .hasMessageContaining(line);
    }

    @Test
    void aLengthRepeatsTheLetterInBraces() {
        // given
        var file = CorpusFile.parse("a.yaml", "# length: /spec/a = 9\nspec: {a: \"x.{0}.y\"}\n");
        // when
        var filled = file.document().at("/spec/a").asText();
        // then
        assertThat(filled).isEqualTo("x.00000.y");
        assertThat(file.body()).contains("x.00000.y");
    }

    @Test
    void aLengthOfWhatHasNothingToRepeatIsRefused() {
        // given
        var file = CorpusFile.parse("a.yaml", "# length: /spec/a = 9\nspec: {a: x}\n");
        // when
        // then
        assertThatThrownBy(file::document).hasMessageContaining("nothing to repeat at /spec/a");
    }

    @Test
    void theCompleteExampleSetsEveryFieldThatAnotherDoesNotExclude() {
        // given
        var excluded = Set.of("spec.openapi.inline", "spec.image.prebuilt");
        var example = CorpusFile.read(Corpus.COMPLETE_EXAMPLE);
        // when
        var missing =
                SCHEMA.spec().filter(place -> !isIn(example.document(), place)).map(SchemaNode::path);
        // then
        assertThat(missing).containsExactlyInAnyOrderElementsOf(excluded);
        assertThat(excluded)
                .allSatisfy(path -> assertThat(example.text())
                        .as("the excluded field is shown in a comment")
                        .containsPattern("# " + path.substring(path.lastIndexOf('.') + 1) + ":"));
    }

    @Test
    void theExamplesAreFound() {
        // given
        // when
        var shown = Corpus.shown();
        // then
        assertThat(shown)
                .extracting(CorpusFile::name)
                .contains("../brrservice.yaml", "../docs/reference/brrservice-complete.yaml");
    }

    private static void assertBroken(ServerMessage limit) {
        // given
        // when
        var expectations = INVALID.stream().flatMap(file -> file.expectations().stream());
        // then
        assertThat(expectations)
                .as("add an invalid file with the message /%s/", limit.words())
                .anyMatch(limit::isIn);
    }

    private static void assertReached(SchemaNode place, String keyword) {
        // given
        var bound = place.schema().get(keyword).asLong();
        var measure = MEASURES.get(keyword);
        // when
        var measured = valuesAt(place).map(measure::applyAsLong);
        // then
        assertThat(measured)
                .as("no valid file has %s at its %s", place.path(), keyword)
                .contains(bound);
    }

    private static boolean isIn(JsonNode document, SchemaNode place) {
        return place.valuesIn(document).anyMatch(value -> !value.isNull());
    }

    private static Stream<JsonNode> valuesAt(SchemaNode place) {
        return DOCUMENTS.stream().flatMap(place::valuesIn);
    }
}
