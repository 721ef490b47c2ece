package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ServerUrlTest {

    @ParameterizedTest
    @CsvSource({
        "/, ''",
        "'', ''",
        "/v1, /v1",
        "/v1/, /v1",
        "v1, /v1",
        "https://api.example.com, ''",
        "https://api.example.com/, ''",
        "https://api.example.com/v1/pets/, /v1/pets",
        "http://localhost:8080/v2, /v2",
        "//example.com/x, /x",
        "https://example.com/v1?a=b, /v1",
        "https://example.com/v1#top, /v1",
        "https://example.com?a=/b, ''"
    })
    void theBasePathIsThePathOfTheUrl(String url, String basePath) {
        // then
        assertThat(ServerUrl.basePaths(url, JsonMapper.shared().createObjectNode())
                        .getFirst())
                .isEqualTo(basePath);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://{region}.example.com/{base} | {\"variables\": {\"region\": {\"default\": \"eu\"}, \"base\": {\"default\": \"v3\"}}} | /v3",
                "/{base}/x | {\"variables\": {\"base\": {\"default\": \"$1\"}}} | /$1/x",
                "/{base} | {} | ''",
            })
    void variablesTakeTheirDefaults(String url, String server, String basePath) {
        // then
        assertThat(ServerUrl.basePaths(url, JsonMapper.shared().readTree(server))
                        .getFirst())
                .isEqualTo(basePath);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com/v1 | [https://api.example.com]",
                "http://localhost:8080 | [http://localhost:8080]",
                "http://[::1]:8080/a | [http://[::1]:8080]",
                "//cdn.example.com/a | [cdn.example.com]",
                "https://{v}.example.com/{v} | [https://one.example.com, https://two.example.com]",
                "{root}/a | [https://y.example]",
                "/v1 | []",
                "v1 | []",
                "ftp://example.com/ | []",
                "https://a b/ | []",
                "https://a;script-src * | []",
                "https://user@example.com/ | []",
                "https://{unknown} | []",
            })
    void anOriginIsWhatABrowserMayCall(String url, String origins) {
        // given
        var server = JsonMapper.shared().readTree("""
                {"variables": {"v": {"default": "one", "enum": ["one", "two"]}, "root": {"default": "https://y.example/base"}}}
                """);

        // then
        assertThat(ServerUrl.origins(url, server)).hasToString(origins);
    }
}
