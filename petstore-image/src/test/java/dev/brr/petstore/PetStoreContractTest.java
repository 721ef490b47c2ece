package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients of the pet store rely on, operation by operation, over real HTTP. */
class PetStoreContractTest {
    private TestStore store;

    @BeforeEach
    void start() throws StartupException {
        store = TestStore.start(100);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/pets | [{\"age\":3,\"breed\":\"Golden Retriever\",\"id\":12345,\"name\":\"Max\",\"tags\":[\"friendly\",\"trained\"],\"vaccinated\":true},{\"age\":2,\"breed\":\"Labrador\",\"id\":67890,\"name\":\"Bella\",\"tags\":[\"puppy\",\"playful\"],\"vaccinated\":true}]",
                "/pets/12345 | {\"age\":3,\"breed\":\"Golden Retriever\",\"id\":12345,\"name\":\"Max\",\"tags\":[\"friendly\",\"trained\"],\"vaccinated\":true}",
                "/pets/67890/ | {\"age\":2,\"breed\":\"Labrador\",\"id\":67890,\"name\":\"Bella\",\"tags\":[\"puppy\",\"playful\"],\"vaccinated\":true}",
                "/users | {\"users\":[{\"id\":\"abc-123\",\"name\":\"John\",\"email\":\"john@example.com\"},{\"id\":\"def-456\",\"name\":\"Jane\",\"email\":\"jane@example.com\"}]}",
                "/users/abc-123 | {\"email\":\"john@example.com\",\"id\":\"abc-123\",\"name\":\"John\"}",
                "/users/abc-123/posts | [{\"id\":\"post1\",\"title\":\"Hello\",\"body\":\"A first word to everybody.\"},{\"id\":\"post2\",\"title\":\"Again\",\"body\":\"And a second one.\"}]",
                "/users/abc-123/posts/post2 | {\"id\":\"post2\",\"title\":\"Again\",\"body\":\"And a second one.\"}",
                "/users/def-456/posts | []",
                "/admin/settings | {\"feature_flags\":{\"analytics\":false,\"beta\":true}}",
                "/items/item-001 | {\"id\":\"item-001\",\"name\":\"Sample Item\"}",
                "/download/abc | {\"id\":\"abc\",\"url\":\"https://cdn.example.com/abc\"}",
                "/matrix/;coords=1,2,3 | {\"coords\":[1,2,3]}",
                "/labels/.red | {\"color\":\"red\"}",
                "/search | {\"results\":[{\"id\":\"12345\",\"kind\":\"pet\",\"name\":\"Max\"},{\"id\":\"67890\",\"kind\":\"pet\",\"name\":\"Bella\"}]}",
            })
    void whatIsThereFromTheBeginningIsRead(String target, String body) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.get(target);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(TestStore.json(response)).isEqualTo(TestStore.json(body));
    }

    @Test
    void aPetThatIsAddedIsFoundAndListed() throws IOException, InterruptedException {
        // when
        HttpResponse<String> added = store.postJson("/pets", "{\"name\":\"Rocky\",\"tags\":[\"curious\"]}");

        // then
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.body()).isEqualTo("{\"id\":67891,\"status\":\"success\"}");
        assertThat(added.headers().firstValue("location")).contains("/pets/67891");
        assertThat(TestStore.json(store.get("/pets/67891")))
                .isEqualTo(TestStore.json("{\"id\":67891,\"name\":\"Rocky\",\"tags\":[\"curious\"]}"));
        assertThat(TestStore.json(store.get("/pets"))).hasSize(3);
        assertThat(TestStore.json(store.get("/search?q=rock")).path("results")).hasSize(1);
    }

    @Test
    void anIdThatTheClientGivesIsNotTaken() throws IOException, InterruptedException {
        // when
        HttpResponse<String> added = store.postJson("/pets", "{\"id\":12345,\"name\":\"Impostor\"}");

        // then
        assertThat(TestStore.json(added).path("id").intValue()).isEqualTo(67891);
        assertThat(store.get("/pets/12345").body()).contains("Max");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?limit=1 | Max",
                "?limit=1&offset=1 | Bella",
                "?offset=2 | ''",
                "?offset=2147483647 | ''",
                "?limit=100 | Max Bella",
                "?tags=puppy | Bella",
                "?tags=puppy&tags=playful | Bella",
                "?tags=puppy&tags=trained | ''",
                "?tags=trained&limit=1 | Max",
                "?unknown=1 | Max Bella",
            })
    void petsArePagedAndChosenByTags(String query, String names) throws IOException, InterruptedException {
        // when
        JsonNode pets = TestStore.json(store.get("/pets" + query));

        // then
        List<String> found = new ArrayList<>();
        pets.forEach(pet -> found.add(pet.path("name").stringValue()));
        assertThat(String.join(" ", found)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?kinds=item | Sample Item",
                "?kinds=pet%7Citem | Max,Bella,Sample Item",
                "?q=LL | Bella",
                "?q=nothing | ''",
                "?filter%5Bmax_age%5D=2 | Bella",
                "?filter%5Bvaccinated%5D=false | ''",
                "?filter%5Bvaccinated%5D=true&q=max | Max",
            })
    void theSearchReadsEveryStyle(String query, String names) throws IOException, InterruptedException {
        // when
        JsonNode results = TestStore.json(store.get("/search" + query)).path("results");

        // then
        List<String> found = new ArrayList<>();
        results.forEach(result -> found.add(result.path("name").stringValue()));
        assertThat(String.join(",", found)).isEqualTo(names);
    }

    @Test
    void aUserIsAskedForReadAndRemoved() throws IOException, InterruptedException {
        // given
        String target = "/users/abc-123";

        // then
        HttpResponse<String> head = store.send(store.request(target).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> options = store.send(store.request(target).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.body()).isEqualTo("{}");
        HttpResponse<String> removed = store.send(store.request(target).DELETE());
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(store.get(target).statusCode()).isEqualTo(404);
        assertThat(store.get(target + "/posts").statusCode()).isEqualTo(404);
        assertThat(store.send(store.request(target).DELETE()).statusCode()).isEqualTo(404);
        assertThat(TestStore.json(store.get("/users")).path("users")).hasSize(1);
    }

    @Test
    void anItemIsRenamedOrCreated() throws IOException, InterruptedException {
        // when
        HttpResponse<String> renamed = store.postJson("/items/item-001", "{\"name\":\"New Item\"}");
        HttpResponse<String> created = store.postJson("/items/item-002", "{\"name\":\"Another\"}");

        // then
        assertThat(TestStore.json(renamed)).isEqualTo(TestStore.json("{\"id\":\"item-001\",\"name\":\"New Item\"}"));
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(store.get("/items/item-001").body()).contains("New Item");
        assertThat(store.get("/items/item-002").body()).contains("Another");
    }

    @Test
    void eventsAreThreeTicks() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.get("/events");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.body()).isEqualTo("data: tick 0\n\ndata: tick 1\n\ndata: tick 2\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=Ada", "name=Ada&age=36", "name=Ada&hobbies=a&hobbies=b", "name=Ada+Lovelace%21"})
    void aFormIsTaken(String form) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = store.post("/form", "application/x-www-form-urlencoded", form);

        // then
        assertThat(response.body()).isEqualTo("{\"ok\":true}");
    }

    private HttpResponse<String> upload(String fileName, byte[] content) throws IOException, InterruptedException {
        byte[] head = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
        HttpRequest.BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofByteArray(head),
                BodyPublishers.ofByteArray(content),
                BodyPublishers.ofByteArray(tail));
        return store.send(store.request("/upload")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(body));
    }

    @ParameterizedTest
    @CsvSource({
        "abc.png, abc.png",
        "../../etc/passwd, passwd",
        "C:\\pictures\\cat.png, cat.png",
        "a b?c.png, a_b_c.png",
        "'', file",
        "'..', file"
    })
    void anUploadIsGivenALocation(String fileName, String kept) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = upload(fileName.replace("\\", "\\\\"), new byte[] {1, 2, (byte) 0xFF});

        // then
        String location = "https://cdn.example.com/files/" + kept;
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(TestStore.json(response).path("location").stringValue()).isEqualTo(location);
        assertThat(response.headers().firstValue("location")).contains(location);
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "1, 201", "1048576, 201", "1048577, 400", "2097152, 413"})
    void anUploadMayHaveAMebibyte(int size, int status) throws IOException, InterruptedException {
        // then
        assertThat(upload("a.png", new byte[size]).statusCode()).isEqualTo(status);
    }

    @Test
    void eachWebhookGetsASubscription() throws IOException, InterruptedException {
        // when
        HttpResponse<String> first = store.postJson("/webhooks", "{\"url\":\"https://example.com/webhook\"}");
        HttpResponse<String> second = store.postJson("/webhooks", "{\"url\":\"https://example.com/webhook\"}");

        // then
        assertThat(TestStore.json(first))
                .isEqualTo(TestStore.json("{\"subscription_id\":\"sub_123\",\"url\":\"https://example.com/webhook\"}"));
        assertThat(second.body()).contains("sub_124");
    }

    @Test
    void noTokenOpensTheSecureOperationYetAndNeitherDoesTheKey() throws IOException, InterruptedException {
        // when
        HttpResponse<String> withKey = store.get("/secure");
        HttpResponse<String> withToken =
                store.send(store.anonymous("/secure").header("Authorization", "Bearer h.e30.sig"));

        // then
        assertThat(withKey.statusCode()).isEqualTo(401);
        assertThat(withKey.headers().allValues("www-authenticate")).containsExactly("Bearer realm=\"brr pet store\"");
        assertThat(withToken.statusCode()).isEqualTo(401);
        assertThat(withToken.headers().allValues("www-authenticate"))
                .singleElement()
                .asString()
                .startsWith("Bearer realm=\"brr pet store\", error=\"invalid_token\"");
    }

    @Test
    void aFullStoreRefusesAndKeepsWhatItHas() throws IOException, InterruptedException, StartupException {
        // given
        try (TestStore small = TestStore.start(3)) {
            assertThat(small.postJson("/pets", "{\"name\":\"Third\"}").statusCode())
                    .isEqualTo(200);

            // when
            HttpResponse<String> refused = small.postJson("/pets", "{\"name\":\"Fourth\"}");

            // then
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(TestStore.json(refused).path("detail").stringValue())
                    .isEqualTo("The store is full; nothing was kept");
            assertThat(TestStore.json(small.get("/pets"))).hasSize(3);
        }
    }

    @Test
    void aFullStoreStillRenames() throws IOException, InterruptedException, StartupException {
        // given
        try (TestStore small = TestStore.start(2)) {
            assertThat(small.postJson("/items/one-more", "{\"name\":\"a\"}").statusCode())
                    .isEqualTo(200);

            // then
            assertThat(small.postJson("/items/too-many", "{\"name\":\"a\"}").statusCode())
                    .isEqualTo(507);
            assertThat(small.postJson("/items/item-001", "{\"name\":\"b\"}").statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/metrics", "/malloc", "/openapi.yaml", "/openapi.json"})
    void theBuiltInEndpointsAskForNoKey(String target) throws IOException, InterruptedException {
        // then
        assertThat(store.send(store.anonymous(target)).statusCode()).isEqualTo(200);
    }
}
