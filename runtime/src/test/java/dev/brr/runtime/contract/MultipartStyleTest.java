package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code style} and {@code explode} say of the parts of a multipart form (OpenAPI 3.1.1, section 4.8.15.1.2). */
class MultipartStyleTest {
    private static final String DOCUMENT = """
            openapi: %s
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      multipart/form-data:
                        schema:
                          type: object
                          properties:
                            ids: {type: array, maxItems: 3, items: {type: integer}}
                            words: {type: array, items: {type: string}}
                            spaced: {type: array, items: {type: string}}
                            piped: {type: array, items: {type: string}}
                            plain: {type: array, items: {type: string}}
                            f: {type: object, properties: {a: {type: integer}, l: {type: array, items: {type: integer}}}}
                            flat: {type: object, properties: {R: {type: integer}}}
                            rgb: {type: object, properties: {R: {type: integer}, G: {type: integer}}}
                            whole: {type: object, properties: {x: {type: integer}}}
                            files: {type: array, items: {type: string, format: binary}}
                            note: {type: string}
                        encoding:
                          ids: {style: form, explode: false}
                          words: {explode: false}
                          spaced: {style: spaceDelimited}
                          piped: {style: pipeDelimited}
                          plain: {headers: {X-A: {schema: {type: string}}}}
                          f: {style: deepObject, explode: true}
                          flat: {style: form, explode: false}
                          rgb: {style: form}
                          whole: {headers: {X-A: {schema: {type: string}}}}
                          files: {explode: false}
                  responses: {'200': {description: d}}
            """;

    private static String read(String openapi, String fields) {
        StringBuilder body = new StringBuilder();
        for (String field : fields.split(" ~ ")) {
            int equals = field.indexOf('=');
            String name = field.substring(0, equals);
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(name.replace("!", "").replace("*", ""))
                    .append(name.endsWith("*") ? "\"; filename=\"f" : "")
                    .append('"')
                    .append(name.endsWith("!") ? "\r\nContent-Type: application/json" : "")
                    .append("\r\n\r\n")
                    .append(field.substring(equals + 1))
                    .append("\r\n");
        }
        body.append("--b--\r\n");
        MediaType type = MediaType.parse("multipart/form-data; boundary=b").orElseThrow();
        BodyReader reader = Contracts.ofText(DOCUMENT.formatted(openapi))
                .body()
                .orElseThrow()
                .reader(type)
                .orElseThrow();
        return Shown.body(Bodies.read(reader, body.toString().getBytes(StandardCharsets.UTF_8), type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ids=1,2,3; {\"ids\":[1,2,3]}",
                "ids=1; {\"ids\":[1]}",
                "ids=1,2 ~ ids=3; {\"ids\":[1,2,3]}",
                "ids=1,2,3,4; /ids maxItems",
                "ids=1,x; /ids/1 type",
                "ids![1,2]; {\"ids\":[1,2]}",
                "words=a b,c+d,e%2Cf,é&g=h; {\"words\":[\"a b\",\"c+d\",\"e%2Cf\",\"é&g=h\"]}",
                "spaced=a b c; {\"spaced\":[\"a\",\"b\",\"c\"]}",
                "spaced=a+b; {\"spaced\":[\"a+b\"]}",
                "piped=a|b,c; {\"piped\":[\"a\",\"b,c\"]}",
                "plain=a,b; {\"plain\":[\"a,b\"]}",
                "f[a]=1 ~ f[l]=2 ~ f[l]=3; {\"f\":{\"a\":1,\"l\":[2,3]}}",
                "f[a]=x; /f/a type",
                "f[l][1]=1; ` encoding`",
                "flat=R,5; {\"flat\":{\"R\":5}}",
                "flat=R; ` encoding`",
                "R=1 ~ G=2; {\"rgb\":{\"R\":1,\"G\":2}}",
                "whole={\"x\":1}; {\"whole\":{\"x\":1}}",
                "files*=a,b; {\"files\":[\"a,b\"]}",
                "note=a,b ~ ids=1,2; {\"note\":\"a,b\",\"ids\":[1,2]}",
            })
    void aPartIsWrittenAsItsStyleSays(String fields, String expected) {
        // then
        assertThat(read("3.1.0", fields.replace("ids![", "ids!=["))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ids=1,2,3; /ids/0 type",
                "ids=1 ~ ids=2; {\"ids\":[1,2]}",
                "words=a,b; {\"words\":[\"a,b\"]}",
                "f={\"a\":1}; {\"f\":{\"a\":1}}",
            })
    void openApi30HasNoStylesOfParts(String fields, String expected) {
        // then
        assertThat(read("3.0.3", fields)).isEqualTo(expected);
    }
}
