package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.PathTemplate;
import dev.brr.runtime.document.PathTemplate.Segment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RouterPropertyTest {

    @Provide
    Arbitrary<String> templates() {
        Arbitrary<String> segment = Arbitraries.of("a", "b", "c", "{x}", "{x}.json", "v{x}", "{x}-{y}");
        return segment.list().ofMinSize(1).ofMaxSize(4).map(segments -> {
            List<String> numbered = new ArrayList<>();
            for (int i = 0; i < segments.size(); i++) {
                numbered.add(segments.get(i).replace("x}", "x" + i + "}").replace("y}", "y" + i + "}"));
            }
            return "/" + String.join("/", numbered);
        });
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(5)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    private static String path(PathTemplate template, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        StringBuilder path = new StringBuilder();
        for (Segment segment : template.segments()) {
            path.append('/');
            switch (segment) {
                case Segment.Literal literal -> path.append(literal.text());
                case Segment.Variable _ -> path.append(encoded);
                case Segment.Mixed mixed -> path.append(String.join(encoded, mixed.literals()));
            }
        }
        return path.toString();
    }

    /** How fixed each segment is: text 0, mixed 1, parameter 2. */
    private static List<Integer> looseness(PathTemplate template) {
        return template.segments().stream()
                .map(segment -> switch (segment) {
                    case Segment.Literal _ -> 0;
                    case Segment.Mixed _ -> 1;
                    case Segment.Variable _ -> 2;
                })
                .toList();
    }

    private static boolean isAtLeastAsFixed(PathTemplate found, PathTemplate made) {
        List<Integer> one = looseness(found);
        List<Integer> other = looseness(made);
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return one.get(i) < other.get(i);
            }
        }
        return true;
    }

    @Property(tries = 2000)
    void aPathOfATemplateFindsItOrAMoreFixedSibling(
            @ForAll @Size(min = 1, max = 12) List<@From("templates") String> texts,
            @ForAll @IntRange(max = 100) int pick,
            @ForAll("values") String value) {
        // given
        Router<PathTemplate> router = new Router<>();
        Map<String, PathTemplate> byShape = new LinkedHashMap<>();
        texts.stream().map(PathTemplate::parse).forEach(template -> byShape.putIfAbsent(template.shape(), template));
        byShape.values().forEach(template -> router.add("", template, "GET", template));
        List<PathTemplate> templates = List.copyOf(byShape.values());
        PathTemplate made = templates.get(pick % templates.size());

        // when
        Match<PathTemplate> match = router.route("GET", path(made, value));

        // then
        assertThat(match).isInstanceOf(Match.Found.class);
        Match.Found<PathTemplate> found = (Match.Found<PathTemplate>) match;
        assertThat(found.target().segments()).hasSameSizeAs(made.segments());
        assertThat(isAtLeastAsFixed(found.target(), made)).isTrue();
        assertThat(found.values()).hasSameSizeAs(found.target().names());
    }

    @Property
    void theValueOfAParameterComesBack(@ForAll("values") String value) {
        // given
        Router<String> router = new Router<>();
        router.add("", PathTemplate.parse("/a/{x}/b"), "GET", "it");
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");

        // when
        Match<String> match = router.route("GET", "/a/" + encoded + "/b");

        // then
        assertThat(match)
                .isInstanceOfSatisfying(
                        Match.Found.class,
                        found -> assertThat(
                                        Percent.decode(found.values().getFirst().toString()))
                                .isEqualTo(value));
    }

    @Property
    void anyPathAtAllIsAnswered(@ForAll String path) {
        // given
        Router<String> router = new Router<>();
        router.add("", PathTemplate.parse("/{x}"), "GET", "it");

        // when
        Match<String> match = router.route("GET", path);

        // then
        assertThat(match).isNotNull();
    }

    @Property(tries = 50)
    void aManifoldOfRoutesDoesNotHideOne(@ForAll @IntRange(min = 0, max = 4999) int wanted) {
        // given
        Router<Integer> router = new Router<>();
        for (int i = 0; i < 5000; i++) {
            router.add("", PathTemplate.parse("/group" + i % 50 + "/thing" + i + "/{id}"), "GET", i);
        }

        // when
        Match<Integer> match = router.route("GET", "/group" + wanted % 50 + "/thing" + wanted + "/7");

        // then
        assertThat(match).isEqualTo(new Match.Found<>(wanted, List.of("7")));
    }
}
