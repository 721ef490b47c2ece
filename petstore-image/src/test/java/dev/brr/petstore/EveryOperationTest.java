package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.RequestBody;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the document promises of every operation, asked of the running service: nothing here knows an operation's name. */
class EveryOperationTest {
    /** A value of each path parameter for which there is something; those of other styles as they are written. */
    private static final Map<String, String> PATH_VALUES = Map.of(
            "/pets/{id}", "12345",
            "/items/{id}", "item-001",
            "/download/{id}", "abc",
            "user_id", "abc-123",
            "post_id", "post1",
            "coords", ";coords=1,2",
            "color", ".red");

    private static ServiceDocument document;
    private static ContractSchemas schemas;
    private static References references;

    private TestStore store;

    @BeforeAll
    static void read() throws IOException {
        document = ((DocumentCheck.Valid) ServiceDocument.check(Files.readString(TestStore.document()))).document();
        schemas = new ContractSchemas(document.root());
        references = new References(document.root());
    }

    @BeforeEach
    void start() throws StartupException {
        store = TestStore.start(100);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @AfterAll
    static void forget() {
        assertThat(document.operations()).isNotEmpty();
    }

    static Stream<Arguments> operations() throws IOException {
        read();
        return document.operations().stream().map(operation -> Arguments.of(operation.id(), operation));
    }

    static Stream<Arguments> open() throws IOException {
        return operations().filter(one -> isOpenedByKey((Operation) one.get()[1]));
    }

    static Stream<Arguments> withBody() throws IOException {
        return open().filter(one -> ((Operation) one.get()[1]).body().isPresent());
    }

    private static boolean isOpenedByKey(Operation operation) {
        return operation.security().stream()
                .anyMatch(one -> one.schemes().keySet().equals(Set.of("ApiKeyHeader")));
    }

    private static String target(Operation operation) {
        String path = operation.path().text();
        for (String name : operation.path().names()) {
            String value = PATH_VALUES.getOrDefault(name, PATH_VALUES.get(path));
            path = path.replace("{" + name + "}", String.valueOf(value));
        }
        return path;
    }

    private static MediaTypeDeclaration content(Operation operation) {
        return operation.body().map(RequestBody::content).orElseThrow().getFirst();
    }

    private static String body(MediaTypeDeclaration content) {
        return switch (content.mediaType()) {
            case "application/x-www-form-urlencoded" -> "name=Ada&age=36";
            case "multipart/form-data" ->
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n";
            default -> content.example().map(JsonNode::toString).orElseThrow();
        };
    }

    private HttpRequest.Builder request(Operation operation, HttpRequest.Builder builder) {
        if (operation.body().isEmpty()) {
            return builder.method(operation.method(), BodyPublishers.noBody());
        }
        MediaTypeDeclaration content = content(operation);
        String type = content.mediaType().startsWith("multipart/")
                ? content.mediaType() + "; boundary=b"
                : content.mediaType();
        BodyPublisher publisher = BodyPublishers.ofString(body(content));
        return builder.header("Content-Type", type).method(operation.method(), publisher);
    }

    private static Map<String, String> lowerCase(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(",", header.getValue())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("open")
    void aGoodRequestIsAnsweredAsDeclared(String id, Operation operation) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(request(operation, store.request(target(operation))));

        // then
        assertThat(response.statusCode()).as(id).isBetween(200, 299);
        Optional<MediaType> type = response.headers().firstValue("content-type").flatMap(MediaType::parse);
        JsonNode tree = type.filter(MediaType::isJson).isPresent() ? TestStore.json(response) : null;
        List<Violation> violations = OperationContract.compile(
                        operation, document.securitySchemes().values(), schemas, references)
                .responses()
                .validate(
                        response.statusCode(),
                        type,
                        tree,
                        lowerCase(response.headers().map()));
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void withoutCredentialsItIsClosed(String id, Operation operation) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(request(operation, store.anonymous(target(operation))));

        // then
        assertThat(response.statusCode()).as(id).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).isPresent();
        assertThat(operation.responses()).containsKey("401");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withBody")
    void aBodyInAMediaTypeThatIsNotDeclaredIsRefused(String id, Operation operation)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(store.request(target(operation))
                .header("Content-Type", "application/x-nobody-knows")
                .method(operation.method(), BodyPublishers.ofString("x")));

        // then
        assertThat(response.statusCode()).as(id).isEqualTo(415);
        assertThat(response.headers().firstValue("accept-post"))
                .contains(operation.body().orElseThrow().content().stream()
                        .map(MediaTypeDeclaration::mediaType)
                        .collect(Collectors.joining(", ")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withBody")
    void aMissingBodyIsAskedFor(String id, Operation operation) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response =
                store.send(store.request(target(operation)).method(operation.method(), BodyPublishers.noBody()));

        // then
        assertThat(response.statusCode()).as(id).isEqualTo(400);
        assertThat(response.body()).contains("Request body required");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("open")
    void aQueryParameterThatIsNoNumberIsRefusedWhereOneIsDeclared(String id, Operation operation)
            throws IOException, InterruptedException {
        // given
        List<String> numbers = operation.parameters().stream()
                .filter(parameter -> parameter.in() == Parameter.Location.QUERY)
                .filter(parameter -> parameter
                        .schemaPointer()
                        .flatMap(references::node)
                        .filter(schema -> schema.path("type").asString("").equals("integer"))
                        .isPresent())
                .map(Parameter::name)
                .toList();

        // then
        for (String name : numbers) {
            HttpResponse<String> response =
                    store.send(request(operation, store.request(target(operation) + "?" + name + "=many")));
            assertThat(response.statusCode()).as("%s of %s", name, id).isEqualTo(400);
            assertThat(response.body())
                    .contains("{\"error\":\"expected_integer\",\"in\":\"query\",\"name\":\"" + name + "\"}");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("open")
    void itsTimeIsCountedUnderItsName(String id, Operation operation) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.send(request(operation, store.request(target(operation))));

        // then
        String series = "http_server_requests_seconds_count{method=\"%s\",operation=\"%s\",status=\"%d\"} 1"
                .formatted(operation.method(), id, response.statusCode());
        assertThat(store.send(store.anonymous("/metrics")).body()).contains(series);
    }

    @Test
    void theMethodsOfEveryPathAreAllowed() throws IOException, InterruptedException {
        // given
        Map<String, List<Operation>> byPath =
                document.operations().stream().collect(Collectors.groupingBy(Operation::path)).entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().text(), Map.Entry::getValue));

        // then
        for (Map.Entry<String, List<Operation>> path : byPath.entrySet()) {
            TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
            path.getValue().forEach(operation -> methods.add(operation.method()));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            HttpResponse<String> response = store.send(
                    store.request(target(path.getValue().getFirst())).method("PATCH", BodyPublishers.noBody()));
            assertThat(response.statusCode()).as(path.getKey()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).contains(String.join(", ", methods));
        }
    }

    @Test
    void theDocumentThatIsServedIsTheDocumentThatIsKept() throws IOException, InterruptedException {
        // given
        String kept = Files.readString(TestStore.document());

        // then
        assertThat(store.send(store.anonymous("/openapi.yaml")).body()).isEqualTo(kept);
        assertThat(TestStore.json(store.send(store.anonymous("/openapi.json"))))
                .isEqualTo(TestStore.json(ServiceDocument.asJson(kept)));
    }

    @Test
    void operationIdsAreWordsOfOneCase() {
        // given
        List<String> ids = new ArrayList<>();

        // when
        document.operations().forEach(operation -> ids.add(operation.id()));

        // then
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }
}
