package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many clients at once. */
class PetStoreLoadTest {

    @Test
    void petsAddedAtOnceHaveIdsOfTheirOwnAndNeverOverfillTheStore()
            throws StartupException, InterruptedException, ExecutionException, IOException {
        // given
        int capacity = 52;
        try (TestStore store = TestStore.start(capacity)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();

            // when
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 120; i++) {
                    String body = "{\"name\":\"pet " + i + "\"}";
                    answers.add(clients.submit(() -> store.postJson("/pets", body)));
                }
            }

            // then
            Set<Long> ids = new HashSet<>();
            int refused = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                HttpResponse<String> response = answer.get();
                if (response.statusCode() == 200) {
                    ids.add(TestStore.json(response).path("id").longValue());
                } else {
                    assertThat(response.statusCode()).isEqualTo(507);
                    refused++;
                }
            }
            assertThat(ids).hasSize(capacity - 2);
            assertThat(refused).isEqualTo(120 - (capacity - 2));
            JsonNode pets = TestStore.json(store.get("/pets?limit=100"));
            assertThat(pets).hasSize(capacity);
            for (long id : ids) {
                assertThat(store.get("/pets/" + id).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aLongAnswerDoesNotWaitForItsAcknowledgement() throws StartupException, IOException, InterruptedException {
        // given
        try (TestStore store = TestStore.start(100)) {
            List<Long> millis = new ArrayList<>();

            // when
            for (int i = 0; i < 21; i++) {
                long begin = System.nanoTime();
                store.send(store.anonymous("/openapi.yaml"));
                millis.add((System.nanoTime() - begin) / 1_000_000);
            }

            // then: a delayed acknowledgement comes after 40 milliseconds, each time
            assertThat(millis).anySatisfy(each -> assertThat(each).isLessThan(40));
        }
    }

    @Test
    void readersSeeWholePetsWhileOthersWrite() throws StartupException, InterruptedException, ExecutionException {
        // given
        try (TestStore store = TestStore.start(1000)) {
            List<Future<Integer>> answers = new ArrayList<>();

            // when
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 60; i++) {
                    String body = "{\"name\":\"pet " + i + "\",\"tags\":[\"new\"]}";
                    answers.add(
                            clients.submit(() -> store.postJson("/pets", body).statusCode()));
                    answers.add(clients.submit(
                            () -> store.get("/pets?tags=new&limit=100").statusCode()));
                    answers.add(clients.submit(() -> store.get("/search?q=pet").statusCode()));
                }
            }

            // then: a half-written pet would be a violation, and a 500
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
    }
}
