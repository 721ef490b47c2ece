package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.example.OperationExamples;
import dev.brr.runtime.handler.HandlerDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PetStoreDocumentTest {
    private ServiceDocument document;

    @BeforeEach
    void check() throws IOException {
        DocumentCheck check = ServiceDocument.check(Files.readString(TestStore.document()));
        assertThat(check).isInstanceOf(DocumentCheck.Valid.class);
        document = ((DocumentCheck.Valid) check).document();
    }

    @Test
    void itHasTwentyTwoOperations() {
        // then
        assertThat(document.operations())
                .extracting(
                        operation -> operation.method() + " " + operation.path().text())
                .containsExactlyInAnyOrder(
                        "GET /pets",
                        "POST /pets",
                        "GET /pets/{id}",
                        "GET /users",
                        "GET /users/{user_id}",
                        "HEAD /users/{user_id}",
                        "DELETE /users/{user_id}",
                        "OPTIONS /users/{user_id}",
                        "GET /users/{user_id}/posts",
                        "GET /users/{user_id}/posts/{post_id}",
                        "GET /admin/settings",
                        "GET /items/{id}",
                        "POST /items/{id}",
                        "GET /events",
                        "GET /download/{id}",
                        "POST /form",
                        "POST /upload",
                        "GET /matrix/{coords}",
                        "GET /labels/{color}",
                        "GET /search",
                        "GET /secure",
                        "POST /webhooks");
    }

    @Test
    void everyOperationAsksForCredentials() {
        // then
        assertThat(document.operations())
                .noneMatch(operation -> operation.security().isEmpty());
    }

    @Test
    void itsExamplesHoldToItsSchemas() {
        // given
        ContractSchemas schemas = new ContractSchemas(document.root());
        References references = new References(document.root());

        // then
        for (Operation operation : document.operations()) {
            assertThat(new OperationExamples(operation, schemas, references).violations())
                    .as(operation.id())
                    .isEmpty();
        }
    }

    @Test
    void everyHandlerHasAnOperationAndServiceLoaderFindsThem() {
        // when
        HandlerDiscovery found = HandlerDiscovery.find();

        // then
        assertThat(document.operations())
                .extracting(Operation::id)
                .containsAll(found.handlers().keySet());
        assertThat(found.conflicts()).isEmpty();
        assertThat(found.handlers()).hasSize(19);
    }
}
