package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ServersReaderTest {
    private static List<String> paths(String members) {
        return Documents.valid(members).operations().stream()
                .flatMap(operation -> operation.basePaths().stream()
                        .map(base -> operation.method() + " " + base
                                + operation.path().text()))
                .toList();
    }

    @Test
    void theClosestServersCount() {
        // then
        assertThat(paths("""
                servers: [{url: https://api.example.com/v1}, {url: /old/}]
                paths:
                  /a: {get: {responses: {'200': {description: d}}}}
                  /b:
                    servers: [{url: ../files}]
                    get: {responses: {'200': {description: d}}}
                    post: {servers: [{url: "//upload.example.com/up"}], responses: {'200': {description: d}}}
                """)).containsExactly("GET /v1/a", "GET /old/a", "GET /files/b", "POST /up/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servers: []", "x-none: true"})
    void withoutServersTheRootCounts(String servers) {
        // then
        assertThat(paths(servers + "\npaths: {/a: {get: {servers: [], responses: {'200': {description: d}}}}}"))
                .containsExactly("GET /a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://x/{v} | [/v1, /v2]",
                "https://{v}.x/api | [/api]",
                "{v}/a | [/v1/a, /v2/a]",
                "/{v}/{w} | [/v1/w, /v2/w]",
                "/{v}/{v} | [/v1/v1, /v2/v2]",
                "./{w}/../x/ | [/x]",
                "/a/?x={v}#y | [/a]",
                "{root}/a | [/base/a]",
                "https://x | ['']",
            })
    void aServerIsThereForEachValueOfAVariable(String url, String expected) {
        // given
        var server = JsonMapper.shared().readTree("""
                {"variables": {"v": {"default": "v1", "enum": ["v2", "v1"]}, "w": {"default": "w"},
                               "root": {"default": "https://y/base"}}}
                """);

        // then
        assertThat(ServerUrl.basePaths(url, server)).hasToString(expected.replace("''", ""));
    }

    @Test
    void variablesOfManyValuesAreBounded() {
        // given
        String values = "[" + "0,1,2,3,4,5,6,7,8,9".replaceAll("([0-9])", "\"$1\"") + "]";
        var server = JsonMapper.shared()
                .readTree("{\"variables\": {\"a\": {\"default\": \"0\", \"enum\": " + values
                        + "}, \"b\": {\"default\": \"0\", \"enum\": " + values + "}}}");

        // then
        assertThat(ServerUrl.basePaths("/{a}/{b}", server)).hasSize(64).first().isEqualTo("/0/0");
    }
}
