package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.api.v1alpha1.PodSetting.Takers;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schema to what the pods make of values; the API server itself is asked in {@code BrrServiceValidationIT}. */
class PodSettingTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();

    static List<PodSetting> settings() {
        return PodSetting.all();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theSchemaTakesWhatTheFileSays(PodSetting setting) {
        // given
        var schema = SCHEMA.at(setting.place()).schema();
        // when
        var taken = allows(schema, setting.value());
        // then
        assertThat(taken).isEqualTo(setting.isTakenByTheApiServer() || setting.takers() == Takers.rule);
    }

    @Test
    void everyTextAndNumberOfHttpAndValidationIsThere() {
        // given
        var places = SCHEMA.spec()
                .filter(node -> node.isUnder("spec.http") || node.isUnder("spec.validation"))
                .filter(node -> Set.of("string", "integer").contains(node.type()))
                .map(SchemaNode::path);
        // when
        var told = PodSetting.all().stream()
                .filter(setting -> setting.takers() == Takers.both || setting.takers() == Takers.neither)
                .collect(Collectors.groupingBy(
                        PodSetting::place, Collectors.mapping(PodSetting::takers, Collectors.toSet())));
        // then
        assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(places.toList());
        assertThat(told.values()).allSatisfy(takers -> assertThat(takers).contains(Takers.both, Takers.neither));
    }

    @Test
    void everyPatternIsForTheWholeText() {
        // given
        var patterns = Stream.of(
                        "spec.http.cors.origins[]",
                        "spec.http.cors.headers[]",
                        "spec.http.cors.exposeHeaders[]",
                        "spec.http.rateLimit.trustedProxies[]")
                .map(place -> SCHEMA.at(place).schema().get("pattern").asText());
        // then
        assertThat(patterns).allMatch(pattern -> pattern.matches("\\^(\\(.*\\)|\\[.*]\\+)\\$"));
    }

    /** Patterns are looked for, and each of ours begins and ends with an anchor: it has to match the whole. */
    private static boolean allows(JsonNode schema, JsonNode value) {
        var text = value.asText();
        return value.isNumber()
                ? value.asLong() >= schema.get("minimum").asLong()
                        && value.asLong() <= schema.get("maximum").asLong()
                : text.length() >= schema.get("minLength").asInt()
                        && text.length() <= schema.get("maxLength").asInt()
                        && Pattern.matches(schema.get("pattern").asText(), text);
    }
}
