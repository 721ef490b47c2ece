package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of media types choose between what is declared, of requests and of answers. */
class MediaTypeParametersTest {
    private static final String DOCUMENT = """
            paths:
              /notes:
                post:
                  operationId: addNote
                  requestBody:
                    required: true
                    content:
                      application/json;version=1: {schema: {type: object, required: [text]}}
                      application/json;version=2: {schema: {type: object, required: [lines]}}
                      text/plain;charset=utf-8: {schema: {type: string, maxLength: 5}}
                  responses:
                    '200': {description: d, content: {text/plain: {schema: {type: string}, example: kept}}}
                get:
                  operationId: notes
                  responses:
                    '200':
                      description: d
                      content:
                        application/json;version=1: {schema: {type: object, required: [text]}, example: {text: a}}
                        application/json;version=2: {schema: {type: object, required: [lines]}, example: {lines: [a]}}
              /handled:
                get:
                  operationId: handled
                  parameters: [{name: as, in: query, schema: {type: string}}]
                  responses:
                    '200':
                      description: d
                      content:
                        application/json;version=1: {schema: {type: object, required: [text]}}
                        application/json;version=2: {schema: {type: object, required: [lines]}}
              /latin:
                get:
                  operationId: latin
                  responses:
                    '200': {description: d, content: {text/plain;charset=iso-8859-1: {schema: {type: string, maxLength: 1}}}}
              /euro:
                get:
                  operationId: euro
                  responses:
                    '200': {description: d, content: {text/plain;charset=iso-8859-1: {schema: {type: string}}}}
              /example:
                get:
                  operationId: latinExample
                  responses:
                    '200': {description: d, content: {text/plain;charset=iso-8859-1: {example: é}}}
            """;

    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                DOCUMENT,
                Map.of(
                        "handled",
                        request -> {
                            Response response = Response.ok(Map.of("lines", "a"));
                            return request.query("as").isPresent()
                                    ? response.withMediaType(request.query("as").text())
                                    : response;
                        },
                        "latin",
                        _ -> Response.ok("é"),
                        "euro",
                        _ -> Response.ok("€")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json;version=1 | {\"text\":\"a\"} | 200",
                "application/json;version=1 | {\"lines\":[]} | 400",
                "application/json; version=\"2\" | {\"lines\":[]} | 200",
                "application/json;version=2 | {\"text\":\"a\"} | 400",
                "application/json;version=2;charset=utf-8 | {\"lines\":[]} | 200",
                "application/json | {\"text\":\"a\"} | 200",
                "application/json | {\"lines\":[]} | 400",
                "application/json;version=3 | {} | 415",
                "text/plain | short | 200",
                "text/plain;charset=UTF-8 | ééééé | 200",
                "text/plain;charset=iso-8859-1 | short | 415",
            })
    void aBodyIsHeldToTheDeclarationOfItsParameters(String type, String body, int status)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(
                service.request("/notes").header("Content-Type", type).POST(BodyPublishers.ofString(body)));

        // then
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void aRefusalNamesTheParametersToo() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/notes")
                .header("Content-Type", "application/json;version=3")
                .POST(BodyPublishers.ofString("{}")));

        // then
        assertThat(response.headers().firstValue("Accept-Post"))
                .hasValue("application/json; version=1, application/json; version=2, text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*/* | application/json; version=1 | {\"text\":\"a\"}",
                "application/json | application/json; version=1 | {\"text\":\"a\"}",
                "application/json;version=2 | application/json; version=2 | {\"lines\":[\"a\"]}",
                "application/json;version=1;q=0.1, application/json;version=2 | application/json; version=2 | {\"lines\":[\"a\"]}",
            })
    void anExampleIsChosenByTheParametersOfAccept(String accept, String type, String body)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/notes").header("Accept", accept));

        // then
        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void parametersThatNoDeclarationHasAreNotAcceptable() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response =
                service.send(service.request("/notes").header("Accept", "application/json;version=3"));

        // then
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.body()).contains("application/json; version=1, application/json; version=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json;version=2 | '' | 200",
                "application/json;version=1 | '' | 500",
                "*/* | ?as=application/json;version=2 | 200",
                "*/* | ?as=application/json;version=1 | 500",
                "*/* | ?as=application/json;version=3 | 500",
            })
    void anAnswerIsHeldToTheDeclarationOfItsParameters(String accept, String query, int status)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response =
                service.send(service.request("/handled" + query).header("Accept", accept));

        // then
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/latin, 200", "/example, 200", "/euro, 500"})
    void aTextIsWrittenInTheCharacterSetThatIsDeclared(String path, int status)
            throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> response =
                service.client().send(service.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=iso-8859-1");
            assertThat(response.body()).isEqualTo("é".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @CsvSource({"/notes, Accept", "/handled?as=application/json;version=2, Accept", "/example, ''"})
    void anAnswerThatAcceptChoosesSaysSo(String path, String vary) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get(path);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(String.join(",", response.headers().allValues("Vary"))).isEqualTo(vary);
    }
}
