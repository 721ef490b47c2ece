package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.handler.Value;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents unlike the pet store: every parameter style, deep choices, big forms. The wire changes nothing of them. */
class ContractOverHttpTest {
    private static final String DOCUMENT = """
            servers: [{url: 'https://api.example.com/deep/v2'}]
            paths:
              /styles/{simple}/{label}/{matrix}:
                get:
                  operationId: styles
                  parameters:
                    - {name: simple, in: path, required: true, schema: {type: array, items: {type: integer}}}
                    - {name: label, in: path, required: true, style: label, explode: true, schema: {$ref: '#/components/schemas/Color'}}
                    - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string}}}
                    - {name: form, in: query, explode: false, schema: {type: array, items: {type: string}}}
                    - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
                    - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
                    - {name: deep, in: query, style: deepObject, explode: true, schema: {$ref: '#/components/schemas/Color'}}
                    - {name: json, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/Color'}}}}
                    - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
                    - {name: token, in: cookie, schema: {type: string, minLength: 2}}
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
              /choices:
                get:
                  operationId: choices
                  security: [{key: []}, {}]
                  parameters:
                    - {name: limit, in: query, schema: {$ref: '#/components/schemas/Limit', default: 20}}
                    - {name: ids, in: query, schema: {oneOf: [{type: string, enum: [all]}, {type: array, items: {type: integer}}]}}
                    - {name: range, in: query, schema: {type: array, prefixItems: [{type: integer}, {type: integer}], items: false}}
                    - {name: page, in: query, style: deepObject, explode: true, schema: {type: object}}
                    - {name: rest, in: query, schema: {type: object, additionalProperties: {type: integer}}}
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
              /shapes:
                post:
                  operationId: shapes
                  requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}
                  responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}}
              /files:
                post:
                  operationId: files
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema:
                          type: object
                          required: [files]
                          properties: {files: {type: array, maxItems: 5, items: {type: string, format: binary}}, note: {type: string}}
                        encoding: {files: {contentType: 'application/octet-stream, image/*'}}
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
            components:
              securitySchemes: {key: {type: apiKey, in: query, name: api_key}}
              schemas:
                Limit: {type: integer, maximum: 100}
                Color: {type: object, properties: {R: {type: integer}, G: {type: integer}}, additionalProperties: false}
                Shape:
                  oneOf:
                    - {type: object, required: [circle], additionalProperties: false, properties: {circle: {type: object, required: [radius], properties: {radius: {type: number, exclusiveMinimum: 0}}}}}
                    - {type: object, required: [box], additionalProperties: false, properties: {box: {type: array, minItems: 2, maxItems: 3, items: {type: number}}}}
                    - {type: object, required: [group], additionalProperties: false, properties: {group: {type: array, items: {$ref: '#/components/schemas/Shape'}}}}
            """;

    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        OperationHandler styles = ContractOverHttpTest::styles;
        OperationHandler shapes = request -> Response.ok(request.body().orElseThrow());
        OperationHandler choices = request -> {
            Map<String, Object> seen = new LinkedHashMap<>();
            for (String name : new String[] {"ids", "limit", "page", "range", "rest"}) {
                put(seen, name, request.query(name));
            }
            return Response.ok(seen);
        };
        OperationHandler files = request -> {
            Map<String, Object> sizes = new LinkedHashMap<>();
            request.parts().forEach(part -> sizes.put(part.fileName().orElse(part.name()), part.bytes().length));
            return Response.ok(sizes);
        };
        service = TestService.start(
                DOCUMENT,
                Map.of("styles", styles, "choices", choices, "shapes", shapes, "files", files),
                config -> config.withLimits(limits -> limits.withMaxBodyBytes(8 * 1024 * 1024)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Response styles(Request request) {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (String name : new String[] {"simple", "label", "matrix"}) {
            put(seen, name, request.path(name));
        }
        for (String name : new String[] {"form", "pipes", "spaces", "deep", "json"}) {
            put(seen, name, request.query(name));
        }
        put(seen, "header", request.header("x-list"));
        put(seen, "cookie", request.cookie("token"));
        return Response.ok(seen);
    }

    private static void put(Map<String, Object> seen, String name, Value value) {
        value.as(Object.class).ifPresent(one -> seen.put(name, one));
    }

    /** Sends a target as it is: a client library would encode it, or refuse. */
    private static String get(String target, String headers) throws IOException {
        return service.wire("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "/1,2/.R=1.G=2/;matrix=a;matrix=b § {\"label\":{\"G\":2,\"R\":1},\"matrix\":[\"a\",\"b\"],\"simple\":[1,2]}",
                "/1/.R=1/;matrix=a%3Bb § {\"label\":{\"R\":1},\"matrix\":[\"a;b\"],\"simple\":[1]}",
                "/1/.R=1/;matrix=a?form=x,y%2Cz § {\"form\":[\"x\",\"y,z\"],\"label\":{\"R\":1},\"matrix\":[\"a\"],\"simple\":[1]}",
                "/1/.R=1/;matrix=a?pipes=x|y%7Cz § {\"label\":{\"R\":1},\"matrix\":[\"a\"],\"pipes\":[\"x\",\"y\",\"z\"],\"simple\":[1]}",
                "/1/.R=1/;matrix=a?spaces=x%20y+z § {\"label\":{\"R\":1},\"matrix\":[\"a\"],\"simple\":[1],\"spaces\":[\"x\",\"y\",\"z\"]}",
                "/1/.R=1/;matrix=a?deep[R]=5&deep%5BG%5D=6 § {\"deep\":{\"G\":6,\"R\":5},\"label\":{\"R\":1},\"matrix\":[\"a\"],\"simple\":[1]}",
                "/1/.R=1/;matrix=a?json={\"R\":7} § {\"json\":{\"R\":7},\"label\":{\"R\":1},\"matrix\":[\"a\"],\"simple\":[1]}",
            })
    void everyStyleComesThroughTheWire(String path, String body) throws IOException {
        // when
        String answer = get("/deep/v2/styles" + path, "");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "'' § {\"limit\":20}",
                "?limit=5 § {\"limit\":5}",
                "?ids=all § {\"ids\":\"all\",\"limit\":20}",
                "?ids=7&ids=8 § {\"ids\":[7,8],\"limit\":20}",
                "?range=1&range=5 § {\"limit\":20,\"range\":[1,5]}",
                "?page[size]=5&zeta=1 § {\"limit\":20,\"page\":{\"size\":\"5\"},\"rest\":{\"zeta\":1}}",
            })
    void whatTextMeansIsWhatHoldsToTheDocument(String query, String body) throws IOException {
        // when
        String answer = get("/deep/v2/choices" + query, "");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + body);
    }

    @Test
    void headersAndCookiesComeThroughTheWire() throws IOException {
        // when
        String answer =
                get("/deep/v2/styles/1/.R=1/;matrix=a", "X-List: 1, 2\r\nx-list: 3\r\nCookie: other=1; token=ab\r\n");

        // then
        assertThat(answer).contains("\"cookie\":\"ab\"", "\"header\":[1,2,3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "/x/.R=1/;matrix=a § '' § path simple type",
                "/1/.Q=1/;matrix=a § '' § path label additionalProperties",
                "/1/.R=1/;matrices=a § '' § path matrix style",
                "/1/.R=1/;matrix=a?deep[R]=x § '' § query deep type",
                "/1/.R=1/;matrix=a?json={ § '' § query json style",
                "/1/.R=1/;matrix=a § X-List: 1,x § header X-List type",
                "/1/.R=1/;matrix=a § Cookie: token=a § cookie token minLength",
            })
    void whatIsWrongIsNamedByPlaceAndName(String path, String header, String fault) throws IOException {
        // given
        String[] words = fault.split(" ");

        // when
        String answer = get("/deep/v2/styles" + path, header.isEmpty() ? "" : header + "\r\n");

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "\"in\":\"" + words[0] + "\"",
                        "\"name\":\"" + words[1] + "\"",
                        "\"keyword\":\"" + words[2] + "\"");
    }

    @Test
    void outsideTheServersBasePathThereIsNothing() throws IOException {
        // then
        assertThat(get("/styles/1/.R=1/;matrix=a", "")).startsWith("HTTP/1.1 404 ");
    }

    private static HttpResponse<String> shape(String body) throws IOException, InterruptedException {
        return service.send(service.request("/deep/v2/shapes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"circle\":{\"radius\":1.5}} | 200",
                "{\"box\":[1,2,3]} | 200",
                "{\"group\":[]} | 200",
                "{\"group\":[{\"circle\":{\"radius\":1}},{\"group\":[{\"box\":[1,2]}]}]} | 200",
                "{\"circle\":{\"radius\":0}} | 400",
                "{\"box\":[1]} | 400",
                "{\"box\":[1,2],\"circle\":{\"radius\":1}} | 400",
                "{\"group\":[{\"group\":[{\"box\":[]}]}]} | 400",
                "{} | 400",
                "5 | 400",
            })
    void choicesInsideChoicesAreHeldToTheSchema(String body, int status) throws IOException, InterruptedException {
        // then
        assertThat(shape(body).statusCode()).isEqualTo(status);
    }

    @Test
    void nestingAsDeepAsTheParserTakesItIsAnswered() throws IOException, InterruptedException {
        // given
        int depth = 100;
        String body = "{\"group\":[".repeat(depth) + "]}".repeat(depth);

        // when
        HttpResponse<String> response = shape(body);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void nestingWithoutEndIsRefusedAndTheServiceStands() throws IOException, InterruptedException {
        // then
        assertThat(shape("{\"group\":[".repeat(50_000)).statusCode()).isEqualTo(400);
        assertThat(shape("{\"box\":[1,2]}").statusCode()).isEqualTo(200);
    }

    private static String file(String name, String type, int size) {
        return "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\nContent-Type: "
                + type + "\r\n\r\n" + "x".repeat(size) + "\r\n";
    }

    private static HttpResponse<String> files(String... parts) throws IOException, InterruptedException {
        return service.send(service.request("/deep/v2/files")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(String.join("", parts) + "--b--\r\n")));
    }

    @Test
    void aFormOfSeveralLargeFilesIsRead() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = files(
                file("a.bin", "application/octet-stream", 2_000_000),
                file("b.png", "image/png", 3_000_000),
                file("c.png", "image/png", 0));

        // then
        assertThat(response.body()).isEqualTo("{\"a.bin\":2000000,\"b.png\":3000000,\"c.png\":0}");
    }

    @Test
    void aFileOfAnotherTypeIsRefused() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = files(file("a.html", "text/html", 3));

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"keyword\":\"contentType\"", "\"pointer\":\"/files\"");
    }

    @Test
    void tooManyFilesAreRefused() throws IOException, InterruptedException {
        // given
        String one = file("a", "image/png", 1);

        // when
        HttpResponse<String> response = files(one, one, one, one, one, one);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"keyword\":\"maxItems\"");
    }

    @Test
    void aFormThatIsTooLargeIsRefused() throws IOException, InterruptedException {
        // then
        assertThat(files(file("a", "image/png", 9_000_000)).statusCode()).isEqualTo(413);
    }
}
