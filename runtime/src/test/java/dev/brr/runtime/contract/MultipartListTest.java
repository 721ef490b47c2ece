package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists in multipart forms: item by item, or whole as JSON. */
class MultipartListTest {
    private static final String FORM = "{type: object, properties: {"
            + "donors: {type: array, maxItems: 2, items: {type: object, required: [name]}},"
            + "tags: {type: array, maxItems: 3, items: {type: string, maxLength: 3}},"
            + "rows: {type: array, items: {type: array, items: {type: integer}}},"
            + "any: {type: array}, nothing: {type: [array, 'null'], items: {type: integer}}}}";

    private static String read(String name, boolean json, String contents) {
        StringBuilder body = new StringBuilder();
        for (String content : contents.split(" ~ ")) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append('"')
                    .append(json ? "\r\nContent-Type: application/json" : "")
                    .append("\r\n\r\n")
                    .append(content)
                    .append("\r\n");
        }
        body.append("--b--\r\n");
        MediaType type = MediaType.parse("multipart/form-data; boundary=b").orElseThrow();
        BodyReader reader = Contracts.ofBody("multipart/form-data", FORM)
                .body()
                .orElseThrow()
                .reader(type)
                .orElseThrow();
        return Shown.body(Bodies.read(reader, body.toString().getBytes(StandardCharsets.UTF_8), type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "donors | {\"name\":\"a\"}                       | {\"donors\":[{\"name\":\"a\"}]}",
                "donors | {\"name\":\"a\"} ~ {\"name\":\"b\"}    | {\"donors\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
                "donors | [{\"name\":\"a\"},{\"name\":\"b\"}]    | {\"donors\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
                "donors | [{\"name\":\"a\"},{}]                  | /donors/1 required",
                "donors | [{\"name\":\"a\"}] ~ [{\"name\":\"b\"}] | /donors/0 type, /donors/1 type",
                "donors | []                                     | {\"donors\":[]}",
                "donors | {}                                     | /donors/0 required",
                "tags   | [\"a\",\"b\"]                          | {\"tags\":[\"a\",\"b\"]}",
                "tags   | [\"a\",\"b\",\"c\",\"d\"]              | /tags maxItems",
                "tags   | \"a\" ~ \"b\"                          | {\"tags\":[\"a\",\"b\"]}",
                "rows   | [1,2]                                  | {\"rows\":[[1,2]]}",
                "rows   | [1,2] ~ [3]                            | {\"rows\":[[1,2],[3]]}",
                "any    | [1,[2]]                                | {\"any\":[1,[2]]}",
                "any    | 1 ~ [2]                                | {\"any\":[1,[2]]}",
                "nothing | [1,2]                                 | {\"nothing\":[1,2]}",
            })
    void aListComesItemByItemOrAsOneJsonArray(String name, String contents, String outcome) {
        // then
        assertThat(read(name, true, contents)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tags | [a]     | {\"tags\":[\"[a]\"]}",
                "tags | a ~ [b] | {\"tags\":[\"a\",\"[b]\"]}",
                "tags | [abc]   | /tags/0 maxLength",
            })
    void aTextThatLooksLikeAListIsAText(String name, String contents, String outcome) {
        // then
        assertThat(read(name, false, contents)).isEqualTo(outcome);
    }
}
