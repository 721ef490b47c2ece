package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.PathTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private final Router<String> router = new Router<>();

    private void routes(String... paths) {
        for (String path : paths) {
            router.add("", PathTemplate.parse(path), "GET", path);
        }
    }

    private String found(String path) {
        return switch (router.route("GET", path)) {
            case Match.Found<String> found -> found.target();
            case Match.OtherMethods<String> other -> "405 " + other.allow();
            case Match.Unknown<String> _ -> "404";
            case Match.Malformed<String> _ -> "400";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/pets, /pets",
        "/pets/, /pets",
        "//pets, /pets",
        "/pets//, /pets",
        "/pets/mine, /pets/mine",
        "/pets/1, /pets/{id}",
        "/pets/minetoo, /pets/{id}",
        "/pets/1/, /pets/{id}",
        "/pets/a%2Fb, /pets/{id}",
        "/p%65ts, /pets",
        "/pets/m%69ne, /pets/mine",
        "/pets/1/toys, /pets/{id}/toys",
        "/pets/mine/toys, /pets/{id}/toys",
        "/pets/mine/toys/2, /pets/{id}/toys/{toy}",
        "/pets/mine/food, /pets/mine/food",
        "/pets/1/food, 404",
        "/Pets, 404",
        "/nothing, 404",
        "/pets/1/toys/2/3, 404",
        "/pets/%zz, 400",
        "/pets/%C3%28, 400",
        "/%, 400"
    })
    void thePathFindsTheMostFixedTemplate(String path, String template) {
        // given
        routes("/", "/pets", "/pets/mine", "/pets/mine/food", "/pets/{id}", "/pets/{id}/toys", "/pets/{id}/toys/{toy}");

        // then
        assertThat(found(path)).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({
        "/files/readme.txt, /files/{name}.{ext}",
        "/files/a.b.c, /files/{name}.{ext}",
        "/files/v1-readme.json, /files/v{version}-{name}.json",
        "/files/v-readme.json, /files/{name}.{ext}",
        "/files/readme, /files/{id}",
        "/files/.txt, /files/{id}",
        "/files/readme., /files/{id}",
        "/files/report.json, /files/report.json"
    })
    void mixedSegmentsGoBetweenFixedOnesAndParametersTheLongerTextFirst(String path, String template) {
        // given
        routes("/files/{id}", "/files/{name}.{ext}", "/files/v{version}-{name}.json", "/files/report.json");

        // then
        assertThat(found(path)).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({"/a/1/c, 1", "/a/x%2Fy/c, x%2Fy", "/a/;k=v/c, ;k=v", "/a/.red/c, .red", "/a/%20/c, %20", "/a/b/c, b"})
    void valuesAreGivenRaw(String path, String value) {
        // given
        routes("/a/{x}/c", "/a/b/d");

        // when
        Match<String> match = router.route("GET", path);

        // then
        assertThat(match).isEqualTo(new Match.Found<>("/a/{x}/c", List.of(value)));
    }

    @Test
    void valuesOfABranchThatLedNowhereAreForgotten() {
        // given
        routes("/{a}/{b}/end", "/{c}-{d}/{e}/stop", "/x-y/z/{f}");

        // when
        Match<String> match = router.route("GET", "/x-y/z/end");
        Match<String> back = router.route("GET", "/x-y/q/end");

        // then
        assertThat(match).isEqualTo(new Match.Found<>("/x-y/z/{f}", List.of("end")));
        assertThat(back).isEqualTo(new Match.Found<>("/{a}/{b}/end", List.of("x-y", "q")));
    }

    @Test
    void valuesOfMixedSegmentsComeInTheOrderOfTheNames() {
        // given
        routes("/{a}.{b}/{c}");

        // then
        assertThat(router.route("GET", "/x.y.z/w"))
                .isEqualTo(new Match.Found<>("/{a}.{b}/{c}", List.of("x", "y.z", "w")));
    }

    @Test
    void aMethodThatIsNotDeclaredIsToldApartFromAPathThatIsNot() {
        // given
        router.add("", PathTemplate.parse("/pets"), "GET", "list");
        router.add("", PathTemplate.parse("/pets"), "POST", "add");
        router.add("", PathTemplate.parse("/form"), "POST", "form");

        // then
        assertThat(router.route("DELETE", "/pets"))
                .isEqualTo(new Match.OtherMethods<>("GET, HEAD, OPTIONS, POST", List.of("list", "add")));
        assertThat(router.route("GET", "/form")).isEqualTo(new Match.OtherMethods<>("OPTIONS, POST", List.of("form")));
        assertThat(router.route("DELETE", "/pet")).isEqualTo(new Match.Unknown<String>());
    }

    @Test
    void headFindsGetUnlessItIsDeclaredItself() {
        // given
        router.add("", PathTemplate.parse("/a"), "GET", "get a");
        router.add("", PathTemplate.parse("/b"), "GET", "get b");
        router.add("", PathTemplate.parse("/b"), "HEAD", "head b");

        // then
        assertThat(router.route("HEAD", "/a")).isEqualTo(new Match.Found<>("get a", List.of()));
        assertThat(router.route("HEAD", "/b")).isEqualTo(new Match.Found<>("head b", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "get", "", "TRACE"})
    void anyOtherMethodIsNotAllowed(String method) {
        // given
        routes("/a");

        // then
        assertThat(router.route(method, "/a")).isEqualTo(new Match.OtherMethods<>("GET, HEAD, OPTIONS", List.of("/a")));
    }

    @ParameterizedTest
    @CsvSource({"/v1, /v1/pets/1, 1", "/v1/x, /v1/x/pets/2, 2", "'', /pets/3, 3"})
    void routesLieUnderTheirBasePath(String base, String path, String value) {
        // given
        router.add(base, PathTemplate.parse("/pets/{id}"), "GET", "pet");

        // then
        assertThat(router.route("GET", path)).isEqualTo(new Match.Found<>("pet", List.of(value)));
    }

    @Test
    void outsideTheBasePathThereIsNothing() {
        // given
        router.add("/v1", PathTemplate.parse("/pets"), "GET", "pets");

        // then
        assertThat(router.route("GET", "/pets")).isEqualTo(new Match.Unknown<String>());
    }

    @Test
    void aRouterWithoutRoutesKnowsNothing() {
        // then
        assertThat(router.route("GET", "/")).isEqualTo(new Match.Unknown<String>());
    }

    @ParameterizedTest
    @CsvSource({
        "/f/ab, /f/a{x}",
        "/f/ba, /f/{x}a",
        "/f/aba, /f/a{x}",
        "/f/a-b, /f/a{x}",
        "/f/x-y, /f/{x}-{y}",
    })
    void theOrderOfTheDocumentDecidesNothingBetweenMixedSegments(String path, String template) {
        // given
        List<String> templates = List.of("/f/a{x}", "/f/{x}a", "/f/{x}-{y}");
        Router<String> backwards = new Router<>();

        // when
        routes(templates.toArray(String[]::new));
        templates.reversed().forEach(one -> backwards.add("", PathTemplate.parse(one), "GET", one));

        // then
        assertThat(found(path)).isEqualTo(template);
        assertThat(backwards.route("GET", path)).isEqualTo(router.route("GET", path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/rep%6Frt.{ext} /report.pdf pdf",
                "/report.{ext} /rep%6Frt.pdf pdf",
                "/report.{ext} /report%2Epdf pdf",
                "/report.{ext} /%72eport.%70df %70df",
                "/{a}.{b} /x%2Ey.z x,y.z",
                "/{a}@{b} /x%40y x,y",
                "/{a}@{b} /x%40y@z x%40y,z",
                "/{a}~{b} /1%2C2~3 1%2C2,3",
                "/größe-{n} /gr%C3%B6%C3%9Fe-4 4",
                "/gr%C3%B6%C3%9Fe-{n} /gr%C3%B6%C3%9Fe-%C3%B6 %C3%B6",
                "/😀{n} /%F0%9F%98%80%F0%9F%98%81 %F0%9F%98%81",
                "/v{n}%2Fx /v1%2fx 1",
            })
    void mixedSegmentsMatchTheDecodedTextAndGiveTheSentOne(String template, String path, String values) {
        // given
        routes(template);

        // then
        assertThat(router.route("GET", path)).isEqualTo(new Match.Found<>(template, List.of(values.split(","))));
    }

    @ParameterizedTest
    @CsvSource({"/a%20b, /a%20b", "/a%20b, /a%20%62", "/a b, /a%20b", "/a+b, /a+b", "/a+b, /a%2Bb", "/100%, /100%25"})
    void aTextOfThePathMayBeWrittenEncoded(String template, String path) {
        // given
        routes(template);

        // then
        assertThat(found(path)).isEqualTo(template);
    }
}
