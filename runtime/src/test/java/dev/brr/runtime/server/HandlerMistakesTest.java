package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What those who write handlers get wrong, and what the log tells them. */
class HandlerMistakesTest {
    private static final String DOCUMENT = """
            paths:
              /tools/{id}:
                get:
                  operationId: readTool
                  parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object, required: [name]}}}}}
              /tools:
                post:
                  operationId: addTool
                  requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
                  responses: {'204': {description: d}}
            """;

    private final LoggedLines log = new LoggedLines();

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    private HttpResponse<String> read(OperationHandler handler)
            throws IOException, InterruptedException, StartupException {
        try (TestService service = TestService.start(DOCUMENT, Map.of("readTool", handler))) {
            return service.get("/tools/7");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void aHandlerThatAnswersNullIsToldHowToAnswerNothing() throws Exception {
        // when
        HttpResponse<String> response = read(_ -> null);

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("null");
        assertThat(log.lines())
                .anyMatch(line -> line.contains("The handler of readTool failed")
                        && line.contains("the handler answered null; Response.empty(204) is an answer without body"));
    }

    @Test
    void aNameThatThePathDoesNotHaveIsNamed() throws Exception {
        // when
        HttpResponse<String> response = read(
                request -> Response.ok(Map.of("name", request.path("toolId").asLong())));

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("the document declares no path parameter toolId for readTool"));
    }

    @Test
    void aStatusThatIsNotDeclaredIsNamed() throws Exception {
        // when
        HttpResponse<String> response = read(_ -> Response.of(202, Map.of("name", "saw")));

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(log.lines()).anyMatch(line -> line.contains("/ (status: the status 202 is not declared)"));
    }

    @Test
    void aPropertyThatIsMissingIsNamedAndNoValueIs() throws Exception {
        // when
        HttpResponse<String> response = read(_ -> Response.ok(Map.of("nam", "s3cret")));

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("The answer of readTool departs from the document at / (required: ")
                        && line.contains("name"))
                .noneMatch(line -> line.contains("s3cret"));
    }

    record Tool(int size) {}

    record Crate(List<Tool> tools) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"tools\":[{\"size\":1},{\"size\":\"large\"}]} | at tools.[1].size", "{\"tools\":7} | at tools"})
    void aBodyThatDoesNotFitTheHandlersTypeIsNamedWithItsPlace(String body, String place) throws Exception {
        // when
        HttpResponse<String> response;
        try (TestService service = TestService.start(DOCUMENT, Map.of("addTool", request -> {
            request.body(Crate.class);
            return Response.empty(204);
        }))) {
            response = service.send(service.request("/tools")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
        }

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("Crate", "tools");
        assertThat(log.lines())
                .satisfiesOnlyOnce(line -> assertThat(line)
                        .contains("A body of addTool holds to the document and does not fit " + Crate.class.getName()
                                + " " + place))
                .noneMatch(line -> line.contains("large"));
    }

    record Period(int from, int to) {
        Period {
            if (from > to) {
                throw new ProblemException(422, "Unprocessable Content", "It ends before it begins");
            }
        }
    }

    @Test
    void aClassMayRefuseWhatNoSchemaCanSay() throws Exception {
        // when
        HttpResponse<String> response;
        try (TestService service = TestService.start(DOCUMENT, Map.of("addTool", request -> {
            request.body(Period.class);
            return Response.empty(204);
        }))) {
            response = service.send(service.request("/tools")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"from\":2,\"to\":1}")));
        }

        // then
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("It ends before it begins");
        assertThat(log.lines()).noneMatch(line -> line.contains("addTool failed"));
    }

    @ParameterizedTest
    @CsvSource({"readTols, ; did you mean readTool?", "somethingElse, ''"})
    void aHandlerForNoOperationIsNamed(String id, String hint) throws Exception {
        // given
        OperationHandler handler = _ -> Response.empty(204);

        // when
        TestService.start(DOCUMENT, Map.of(id, handler, "addTool", handler)).close();

        // then
        assertThat(log.lines())
                .contains("There is a handler for " + id + ", and the document has no operation of that operationId"
                        + hint)
                .noneMatch(line -> line.contains("handler for addTool"));
    }
}
