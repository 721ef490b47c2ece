package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.MutatedDocuments;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the check lets pass can be compiled, and answers its requests from its examples. */
class MutatedDocumentsServedTest {
    private static final Logger LOG = Logger.getLogger(ServedOperation.class.getName());
    private static final List<String> BODIES = List.of("", "{}", "{\"id\":1,\"name\":\"Max\"}", "[1]", "null");

    static Stream<Arguments> changes() {
        return MutatedDocuments.NAMES.stream()
                .flatMap(name -> MutatedDocuments.VALUES.stream().map(value -> Arguments.of(name, value)));
    }

    /** What it says of examples would be thousands of lines. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void quietNoMore() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aDocumentThatIsJudgedValidIsServed(String name, String value) throws IOException {
        // given
        int places = MutatedDocuments.places(name);

        try (RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe())) {
            for (int place = 0; place < places; place++) {
                String text = MutatedDocuments.of(name, place, value);
                if (ServiceDocument.check(text) instanceof DocumentCheck.Valid valid) {
                    // then
                    assertThatCode(() -> serve(valid.document(), metrics))
                            .as("valid: %s", text)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    /** Answers are not held to the document: an example that departs from its schema is withheld with reason. */
    private static void serve(ServiceDocument document, RuntimeMetrics metrics) throws IOException {
        Dispatcher dispatcher = Dispatcher.compile(
                document,
                new Dispatcher.Settings(
                        Map.of(),
                        AccessSettings.of(Credentials.of(new ApiKeys(Map.of("Key", List.of("k"))))),
                        1000,
                        false),
                metrics);
        for (Operation operation : document.operations()) {
            String path =
                    operation.basePaths().getFirst() + operation.path().text().replaceAll("\\{[^}]*}", "1");
            for (String body : BODIES) {
                FakeExchange exchange = FakeExchange.of(operation.method(), path + "?n=5&m=5&e=x")
                        .with("X-Key", "k");
                Reply reply = dispatcher
                        .dispatch(body.isEmpty() ? exchange : exchange.withBody("application/json", body))
                        .reply();
                assertThat(reply.status()).as("%s %s", operation.id(), body).isNotEqualTo(500);
            }
        }
    }
}
