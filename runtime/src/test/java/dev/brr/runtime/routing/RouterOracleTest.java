package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.PathTemplate;
import dev.brr.runtime.document.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The router against the rule written down without a tree: try every template, keep the most fixed that fits. */
class RouterOracleTest {

    /** A method of a path. */
    record Route(String template, String method) {}

    @Provide
    Arbitrary<Route> routes() {
        // two mixed segments with as much fixed text as each other are tried in the order they were added
        Arbitrary<String> segment =
                Arbitraries.of("a", "b", "a b", "{x}", "{x}.json", "v{x}", "{x}--{y}", "{x}.-.{y}", "a{x}--{y}b");
        Arbitrary<String> template = segment.list().ofMaxSize(3).map(RouterOracleTest::numbered);
        return Combinators.combine(template, Arbitraries.of("GET", "PUT", "HEAD"))
                .as(Route::new);
    }

    private static String numbered(List<String> segments) {
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            numbered.add(segments.get(i).replace("x}", "x" + i + "}").replace("y}", "y" + i + "}"));
        }
        return "/" + String.join("/", numbered);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "%61",
                        "a%20b",
                        "v",
                        "v1",
                        "x.json",
                        ".json",
                        "a--b",
                        "ax--yb",
                        "--",
                        "---",
                        "-----",
                        "a--b--c.json",
                        "v--1",
                        "a.-.b",
                        "v.-.-.b",
                        "a%2Fb",
                        "",
                        "%C3%A9",
                        "%zz",
                        "a--%")
                .list()
                .ofMaxSize(3)
                .map(segments -> "/" + String.join("/", segments));
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/")).filter(text -> !text.isEmpty()).toList();
    }

    private static boolean isWellEncoded(String path) {
        return !path.replaceAll("%[0-9A-Fa-f]{2}", "").contains("%");
    }

    /** The values that a segment of a template takes; nothing when it does not fit. */
    private static Optional<List<String>> values(Segment segment, String raw) {
        return switch (segment) {
            case Segment.Literal literal ->
                literal.text().equals(Percent.decode(raw)) ? Optional.of(List.of()) : Optional.empty();
            case Segment.Variable _ -> Optional.of(List.of(raw));
            case Segment.Mixed mixed -> {
                String shortest = mixed.literals().stream().map(Pattern::quote).collect(Collectors.joining("(.+?)"));
                Matcher matcher = Pattern.compile(shortest, Pattern.DOTALL).matcher(raw);
                yield matcher.matches()
                        ? Optional.of(mixed.names().stream()
                                .map(name -> matcher.group(mixed.names().indexOf(name) + 1))
                                .toList())
                        : Optional.empty();
            }
        };
    }

    private static Optional<List<String>> values(PathTemplate template, String path) {
        List<String> raw = segments(path);
        if (raw.size() != template.segments().size()) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Optional<List<String>> some = values(template.segments().get(i), raw.get(i));
            if (some.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(some.get());
        }
        return Optional.of(all);
    }

    /** How loose a segment is, tenfold: text, then mixed by how much of it is fixed, then a parameter. */
    private static int looseness(Segment segment) {
        return switch (segment) {
            case Segment.Literal _ -> 0;
            case Segment.Mixed mixed ->
                100 - mixed.literals().stream().mapToInt(String::length).sum();
            case Segment.Variable _ -> 1000;
        };
    }

    private static boolean isLooser(PathTemplate one, PathTemplate other) {
        for (int i = 0; i < one.segments().size(); i++) {
            int difference = looseness(one.segments().get(i))
                    - looseness(other.segments().get(i));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private static Match<String> answer(Map<PathTemplate, List<String>> methods, String method, String path) {
        if (!isWellEncoded(path)) {
            return new Match.Malformed<>();
        }
        Optional<PathTemplate> mostFixed = methods.keySet().stream()
                .filter(template -> values(template, path).isPresent())
                .reduce((one, other) -> isLooser(one, other) ? other : one);
        if (mostFixed.isEmpty()) {
            return new Match.Unknown<>();
        }
        PathTemplate best = mostFixed.get();
        List<String> taken = methods.getOrDefault(best, List.of());
        String used = method.equals("HEAD") && !taken.contains("HEAD") ? "GET" : method;
        if (taken.contains(used)) {
            return new Match.Found<>(
                    used + " " + best.shape(), values(best, path).orElseThrow());
        }
        TreeSet<String> allow = new TreeSet<>(taken);
        allow.add("OPTIONS");
        if (taken.contains("GET")) {
            allow.add("HEAD");
        }
        return new Match.OtherMethods<>(
                String.join(", ", allow),
                taken.stream()
                        .sorted()
                        .distinct()
                        .map(each -> each + " " + best.shape())
                        .toList());
    }

    private static Map<PathTemplate, List<String>> distinct(List<Route> routes) {
        Map<String, PathTemplate> byShape = new LinkedHashMap<>();
        Map<PathTemplate, List<String>> methods = new LinkedHashMap<>();
        for (Route route : routes) {
            PathTemplate template = PathTemplate.parse(route.template());
            PathTemplate known = byShape.computeIfAbsent(template.shape(), _ -> template);
            methods.computeIfAbsent(known, _ -> new ArrayList<>()).add(route.method());
        }
        return methods;
    }

    private static Router<String> router(Map<PathTemplate, List<String>> methods) {
        Router<String> router = new Router<>();
        methods.forEach((template, some) ->
                some.forEach(method -> router.add("", template, method, method + " " + template.shape())));
        return router;
    }

    @Property(tries = 3000)
    void findsWhatTryingEveryTemplateFinds(
            @ForAll @Size(max = 10) List<@From("routes") Route> routes,
            @ForAll @Size(min = 1, max = 8) List<@From("paths") String> paths) {
        // given
        Map<PathTemplate, List<String>> methods = distinct(routes);
        Router<String> router = router(methods);

        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
                // then
                assertThat(router.route(method, path))
                        .as("%s %s of %s", method, path, routes)
                        .isEqualTo(answer(methods, method, path));
            }
        }
    }

    @Property(tries = 500)
    void theOrderInWhichRoutesAreAddedDoesNotMatter(
            @ForAll @Size(max = 8) List<@From("routes") Route> routes, @ForAll("paths") String path) {
        // given
        Map<PathTemplate, List<String>> methods = distinct(routes);
        Map<PathTemplate, List<String>> reversed = new LinkedHashMap<>();
        List.copyOf(methods.entrySet()).reversed().forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));

        // then
        assertThat(router(reversed).route("GET", path))
                .isEqualTo(router(methods).route("GET", path));
    }

    @Property(tries = 500)
    void slashesMoreOrLessMakeNoOtherPath(
            @ForAll @Size(max = 8) List<@From("routes") Route> routes, @ForAll("paths") String path) {
        // given
        Router<String> router = router(distinct(routes));

        // then
        assertThat(router.route("GET", "/" + path.replace("/", "//") + "/")).isEqualTo(router.route("GET", path));
    }
}
