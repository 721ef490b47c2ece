package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The shapes of the pet store's refusals, over real HTTP. */
class PetStoreErrorsTest {
    private static TestStore store;

    @BeforeAll
    static void start() throws StartupException {
        store = TestStore.start(100);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static void isProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = TestStore.json(response);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(new ArrayList<>(problem.propertyNames())).isSorted();
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pets",
                "/pets/12345",
                "/users",
                "/users/abc-123",
                "/users/abc-123/posts",
                "/admin/settings",
                "/items/item-001",
                "/events",
                "/download/abc",
                "/matrix/;coords=1,2",
                "/labels/.red",
                "/search",
                "/secure"
            })
    void withoutAKeyEveryOperationIsClosed(String target) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(store.anonymous(target));

        // then
        isProblem(response, 401);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Missing or invalid credentials\",\"status\":401,"
                        + "\"title\":\"Unauthorized\",\"type\":\"about:blank\"}");
        assertThat(response.headers().firstValue("www-authenticate")).isPresent();
    }

    @Test
    void theChallengeNamesTheHeader() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(store.anonymous("/pets"));

        // then
        assertThat(response.headers().allValues("www-authenticate"))
                .containsExactly("ApiKey realm=\"brr pet store\", in=\"header\", name=\"X-API-Key\"");
    }

    @ParameterizedTest
    @CsvSource({
        "X-API-Key, wrong",
        "X-API-Key, test123",
        "Authorization, Bearer a-key-for-tests",
        "Cookie, X-API-Key=a-key-for-tests"
    })
    void aKeyInAnotherFormOrPlaceDoesNotOpen(String header, String value) throws IOException, InterruptedException {
        // then
        isProblem(store.send(store.anonymous("/pets").header(header, value)), 401);
        isProblem(store.send(store.anonymous("/pets?api_key=a-key-for-tests")), 401);
    }

    @Test
    void credentialsAreAskedForBeforeTheBodyIsLookedAt() throws IOException, InterruptedException {
        // then
        isProblem(
                store.send(store.anonymous("/pets")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{"))),
                401);
        isProblem(store.send(store.anonymous("/pets?limit=x")), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/pets/1/2", "/favicon.ico", "/users/abc-123/nothing"})
    void anUnknownPathNeedsNoKeyToBeUnknown(String target) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(store.anonymous(target));

        // then
        isProblem(response, 404);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Not Found\",\"error\":\"Not Found\",\"message\":\"Not Found\",\"status\":404,"
                        + "\"title\":\"Not Found\",\"type\":\"https://brr.dev/problems/not-found\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pets | DELETE | GET, HEAD, OPTIONS, POST",
                "/pets/1 | POST | GET, HEAD, OPTIONS",
                "/form | GET | OPTIONS, POST",
                "/users/abc-123 | PATCH | DELETE, GET, HEAD, OPTIONS",
            })
    void anotherMethodIsToldWhatIsAllowed(String target, String method, String allow)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(store.anonymous(target).method(method, BodyPublishers.noBody()));

        // then
        isProblem(response, 405);
        assertThat(response.headers().firstValue("allow")).contains(allow);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pets?limit=x | query | limit | expected_integer | type",
                "/pets?limit=101 | query | limit | maximum | maximum",
                "/pets?limit=0 | query | limit | minimum | minimum",
                "/pets?limit= | query | limit | expected_integer | type",
                "/pets?limit=1&limit=2 | query | limit | style | style",
                "/pets?offset=2147483648 | query | offset | format | format",
                "/pets?offset=-1 | query | offset | minimum | minimum",
                "/pets/x | path | id | expected_integer | type",
                "/pets/0 | path | id | minimum | minimum",
                "/items/a_b | path | id | pattern | pattern",
                "/matrix/1,2 | path | coords | style | style",
                "/matrix/;coords=1,x | path | coords | expected_integer | type",
                "/labels/red | path | color | style | style",
                "/labels/.RED | path | color | pattern | pattern",
                "/search?kinds=cat | query | kinds | enum | enum",
                "/search?filter%5Bmax_age%5D=old | query | filter | expected_integer | type",
                "/search?filter%5Bsize%5D=1 | query | filter | additionalProperties | additionalProperties",
                "/download/a%20b | path | id | pattern | pattern",
            })
    void aParameterAtFaultIsNamed(String target, String in, String name, String error, String keyword)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.get(target);

        // then
        isProblem(response, 400);
        JsonNode problem = TestStore.json(response);
        assertThat(problem.path("reason").stringValue()).isEqualTo("parameter_validation_failed");
        assertThat(problem.path("type").stringValue())
                .isEqualTo("https://brr.dev/problems/parameter-validation-failed");
        assertThat(problem.path("fields").toString())
                .isEqualTo("[{\"error\":\"%s\",\"in\":\"%s\",\"name\":\"%s\"}]".formatted(error, in, name));
        JsonNode detail = problem.path("errors").get(0);
        assertThat(detail.path("keyword").stringValue()).isEqualTo(keyword);
        assertThat(detail.path("in").stringValue()).isEqualTo(in);
        assertThat(detail.path("message").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/pets | {} | required@",
                "/pets | {\"name\":\"\"} | minLength@/name",
                "/pets | {\"name\":5} | type@/name",
                "/pets | {\"name\":\"a\",\"age\":-1,\"tags\":[\"x\",\"x\"]} | minimum@/age uniqueItems@/tags",
                "/pets | {\"name\":\"a\",\"tags\":[\"\"]} | minLength@/tags/0",
                "/pets | {\"name\": | json@",
                "/pets | [] | type@",
                "/webhooks | {\"url\":\"not a uri\"} | format@/url",
                "/webhooks | {} | required@",
                "/items/item-001 | {\"name\":null} | type@/name",
            })
    void aBodyAtFaultSaysWhereAndWhy(String target, String body, String errors)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.postJson(target, body);

        // then
        isProblem(response, 400);
        JsonNode problem = TestStore.json(response);
        assertThat(problem.path("title").stringValue()).isEqualTo("Request validation failed");
        List<String> found = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> found.add(error.path("keyword").stringValue() + "@"
                        + error.path("pointer").stringValue()));
        assertThat(String.join(" ", found.stream().sorted().toList())).isEqualTo(errors);
    }

    @Test
    void anEmptyBodyIsRequired() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.postJson("/pets", "");

        // then
        isProblem(response, 400);
        assertThat(TestStore.json(response).path("title").stringValue()).isEqualTo("Request body required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pets | text/plain | application/json",
                "/form | application/json | application/x-www-form-urlencoded",
                "/upload | application/json | multipart/form-data",
            })
    void anotherMediaTypeIsToldWhatIsAccepted(String target, String type, String accepted)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.post(target, type, "x");

        // then
        isProblem(response, 415);
        assertThat(response.headers().firstValue("accept-post")).contains(accepted);
        assertThat(TestStore.json(response).path("detail").stringValue())
                .isEqualTo("Content-Type '" + type + "' not declared by this operation; accepted: " + accepted);
    }

    @ParameterizedTest
    @CsvSource({"age=3, required@", "name=a&age=x, type@/age", "name=a&age=151, maximum@/age"})
    void aFormIsHeldToItsSchemaLikeAnyBody(String form, String error) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.post("/form", "application/x-www-form-urlencoded", form);

        // then
        isProblem(response, 400);
        JsonNode first = TestStore.json(response).path("errors").get(0);
        assertThat(first.path("keyword").stringValue() + "@"
                        + first.path("pointer").stringValue())
                .isEqualTo(error);
    }

    @Test
    void anUploadNeedsAFileAndABoundary() throws IOException, InterruptedException {
        // when
        HttpResponse<String> withoutFile = store.post(
                "/upload",
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n--x--\r\n");
        HttpResponse<String> withoutBoundary = store.post("/upload", "multipart/form-data", "x");

        // then
        isProblem(withoutFile, 400);
        assertThat(withoutFile.body()).contains("\"keyword\":\"required\"");
        isProblem(withoutBoundary, 400);
        assertThat(TestStore.json(withoutBoundary).path("reason").stringValue())
                .isEqualTo("multipart_missing_boundary");
    }

    @ParameterizedTest
    @CsvSource({"/pets, image/png", "/events, application/json", "/search, text/html;q=0.9"})
    void whatCannotBeAcceptedIs406(String target, String accept) throws IOException, InterruptedException {
        // then
        isProblem(store.send(store.request(target).header("Accept", accept)), 406);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pets/999 | There is no pet 999",
                "/users/nobody | There is no user nobody",
                "/users/abc-123/posts/post9 | There is no post post9",
                "/items/none | There is no item none",
            })
    void whatIsNotThereIsNamed(String target, String detail) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.get(target);

        // then
        isProblem(response, 404);
        assertThat(TestStore.json(response).path("detail").stringValue()).isEqualTo(detail);
    }

    @Test
    void aTargetThatIsTooLongIs414() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.get("/pets?x=" + "y".repeat(8192));

        // then
        isProblem(response, 414);
        assertThat(TestStore.json(response).path("type").stringValue())
                .isEqualTo("https://brr.dev/problems/uri-too-long");
    }

    @Test
    void aBodyThatIsTooLargeIs413() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.postJson("/pets", "{\"name\":\"" + "x".repeat(3_000_000) + "\"}");

        // then
        isProblem(response, 413);
        assertThat(TestStore.json(response).path("reason").stringValue()).isEqualTo("request_body_too_large");
    }
}
