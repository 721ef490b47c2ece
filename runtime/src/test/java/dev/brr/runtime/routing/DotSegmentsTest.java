package dev.brr.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.PathTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotSegmentsTest {
    private static String route(String path) {
        Router<String> router = new Router<>();
        for (String template : new String[] {"/pets", "/pets/{id}", "/users/{id}", "/"}) {
            router.add("", PathTemplate.parse(template), "GET", template);
        }
        return switch (router.route("GET", path)) {
            case Match.Found<String> found -> found.target() + found.values();
            case Match<String> other -> other.getClass().getSimpleName();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pets/. | /pets[]",
                "/pets/.. | /[]",
                "/pets/./7 | /pets/{id}[7]",
                "/users/../pets/7 | /pets/{id}[7]",
                "/users/%2e%2E/pets/7 | /pets/{id}[7]",
                "/users/.%2e/pets/7 | /pets/{id}[7]",
                "/pets/%2E | /pets[]",
                "/../../pets | /pets[]",
                "/.. | /[]",
                "/pets/... | /pets/{id}[...]",
                "/pets/.a | /pets/{id}[.a]",
                "/pets/..%2f | /pets/{id}[..%2f]",
                "/pets/%2e%2e%2e | /pets/{id}[%2e%2e%2e]",
                "/pets/%252e | /pets/{id}[%252e]",
                "/pets/%zz | Malformed",
            })
    void dotSegmentsNameNothing(String path, String expected) {
        // then
        assertThat(route(path)).isEqualTo(expected);
    }
}
