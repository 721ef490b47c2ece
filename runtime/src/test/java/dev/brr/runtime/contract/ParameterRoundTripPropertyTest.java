package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import dev.brr.runtime.document.Parameter.Style;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import tools.jackson.databind.JsonNode;

/** What a client writes by the rules of a style, the contract reads: whatever the values are made of. */
class ParameterRoundTripPropertyTest {

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcXYZ019 ,;=&.|+%/?#[]{}\"'é🐶".toCharArray())
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(ParameterRoundTripPropertyTest::encodable);
    }

    /** A lone surrogate has no encoding in UTF-8. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return texts().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<Map<String, String>> maps() {
        return Arbitraries.maps(texts(), texts()).ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Tuple2<Style, Boolean>> pathStyles() {
        return Arbitraries.of(Style.SIMPLE, Style.LABEL, Style.MATRIX)
                .flatMap(style -> Arbitraries.of(true, false).map(explode -> Tuple.of(style, explode)));
    }

    @Provide
    Arbitrary<Tuple2<Style, Boolean>> queryStyles() {
        return Arbitraries.of(Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED)
                .flatMap(style -> Arbitraries.of(true, false).map(explode -> Tuple.of(style, explode)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private static List<String> encode(List<String> texts) {
        return texts.stream().map(ParameterRoundTripPropertyTest::encode).toList();
    }

    /** The names and values of a map in turn. */
    private static List<String> alternating(Map<String, String> map) {
        List<String> items = new ArrayList<>();
        map.forEach((name, value) -> {
            items.add(encode(name));
            items.add(encode(value));
        });
        return items;
    }

    private static List<String> assigned(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .toList();
    }

    private static JsonNode read(String in, Style style, boolean explode, String schema, FakeRequest request) {
        Outcome outcome = Contracts.ofParameter(
                        "name: color, in: %s, style: %s, explode: %s, required: true, schema: %s"
                                .formatted(in, style.term(), explode, schema))
                .parameters()
                .read(request);
        assertThat(outcome.violations()).isEmpty();
        return outcome.values().getFirst().value();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.stringValue()));
        return texts;
    }

    private static Map<String, String> members(JsonNode object) {
        Map<String, String> members = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> members.put(name, value.stringValue()));
        return members;
    }

    private static String prefix(Style style, boolean named) {
        return switch (style) {
            case LABEL -> ".";
            case MATRIX -> named ? ";color=" : ";";
            default -> "";
        };
    }

    @Property(tries = 150)
    void aTextInAPath(@ForAll("pathStyles") Tuple2<Style, Boolean> style, @ForAll("texts") String text) {
        // given
        String raw = prefix(style.get1(), true) + encode(text);

        // when
        JsonNode value = read(
                "path",
                style.get1(),
                style.get2(),
                "{type: string}",
                FakeRequest.empty().withPath("color", raw));

        // then
        assertThat(value.stringValue()).isEqualTo(text);
    }

    @Property(tries = 150)
    void aListInAPath(@ForAll("pathStyles") Tuple2<Style, Boolean> style, @ForAll("lists") List<String> list) {
        // given
        boolean explode = style.get2();
        String raw = switch (style.get1()) {
            case LABEL -> "." + String.join(explode ? "." : ",", encode(list));
            case MATRIX -> ";color=" + String.join(explode ? ";color=" : ",", encode(list));
            default -> String.join(",", encode(list));
        };

        // when
        JsonNode value = read(
                "path",
                style.get1(),
                explode,
                "{type: array, items: {type: string}}",
                FakeRequest.empty().withPath("color", raw));

        // then
        assertThat(texts(value)).isEqualTo(list);
    }

    @Property(tries = 150)
    void anObjectInAPath(@ForAll("pathStyles") Tuple2<Style, Boolean> style, @ForAll("maps") Map<String, String> map) {
        // given
        boolean explode = style.get2();
        String raw = switch (style.get1()) {
            case LABEL -> "." + (explode ? String.join(".", assigned(map)) : String.join(",", alternating(map)));
            case MATRIX ->
                explode ? ";" + String.join(";", assigned(map)) : ";color=" + String.join(",", alternating(map));
            default -> String.join(",", explode ? assigned(map) : alternating(map));
        };

        // when
        JsonNode value = read(
                "path",
                style.get1(),
                explode,
                "{type: object}",
                FakeRequest.empty().withPath("color", raw));

        // then
        assertThat(members(value)).isEqualTo(map);
    }

    @Property(tries = 150)
    void aListInAQuery(@ForAll("queryStyles") Tuple2<Style, Boolean> style, @ForAll("lists") List<String> list) {
        // given
        String delimiter = switch (style.get1()) {
            case SPACE_DELIMITED -> "%20";
            case PIPE_DELIMITED -> "%7C";
            default -> ",";
        };
        // A space inside an item of spaceDelimited cannot be told from the delimiter, nor a pipe from pipeDelimited's.
        List<String> sayable = list.stream()
                .map(item -> item.replace(' ', '_').replace('|', '_'))
                .toList();
        String raw = style.get2()
                ? encode(sayable).stream().map(item -> "color=" + item).collect(Collectors.joining("&"))
                : "color=" + String.join(delimiter, encode(sayable));

        // when
        JsonNode value = read(
                "query",
                style.get1(),
                style.get2(),
                "{type: array, items: {type: string}}",
                FakeRequest.empty().withQuery(raw));

        // then
        assertThat(texts(value)).isEqualTo(sayable);
    }

    @Property(tries = 150)
    void anObjectInAQuery(@ForAll("maps") Map<String, String> any) {
        // given
        // Brackets in a name nest.
        Map<String, String> map = new LinkedHashMap<>();
        any.forEach((name, value) -> map.put(name.replace('[', '(').replace(']', ')'), value));
        String deep = map.entrySet().stream()
                .map(entry -> "color%5B" + encode(entry.getKey()) + "%5D=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        String plain = "color=" + String.join(",", alternating(map));

        // then
        assertThat(members(read(
                        "query",
                        Style.DEEP_OBJECT,
                        true,
                        "{type: object}",
                        FakeRequest.empty().withQuery(deep))))
                .isEqualTo(map);
        assertThat(members(read(
                        "query",
                        Style.FORM,
                        false,
                        "{type: object}",
                        FakeRequest.empty().withQuery(plain))))
                .isEqualTo(map);
    }

    @Property(tries = 150)
    void aListInACookie(@ForAll("lists") List<String> list) {
        // given
        FakeRequest together = FakeRequest.empty().withHeader("cookie", "color=" + String.join(",", encode(list)));
        FakeRequest apart = FakeRequest.empty()
                .withHeader(
                        "cookie",
                        encode(list).stream().map(item -> "color=" + item).collect(Collectors.joining("; ")));

        // then
        String schema = "{type: array, items: {type: string}}";
        assertThat(texts(read("cookie", Style.FORM, false, schema, together))).isEqualTo(list);
        assertThat(texts(read("cookie", Style.FORM, true, schema, apart))).isEqualTo(list);
    }

    @Property(tries = 150)
    void numbersInAHeader(@ForAll List<Integer> numbers) {
        // given
        String raw = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));

        // when
        JsonNode value = read(
                "header",
                Style.SIMPLE,
                false,
                "{type: array, items: {type: integer}}",
                FakeRequest.empty().withHeader("color", raw));

        // then
        assertThat(value.toString())
                .isEqualTo("[" + numbers.stream().map(String::valueOf).collect(Collectors.joining(",")) + "]");
    }
}
