package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.contract.OperationResponses;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.handler.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which form the value of a handler is sent. */
class ReplyMediaTypeTest {
    private static ReplyWriter.Written write(String content, Response response) {
        ServiceDocument document = Documents.valid("paths: {/a: {get: {responses: {'200': {description: d, content: {"
                + content + "}}, '204': {description: d}}}}}");
        OperationResponses responses = OperationContract.compile(
                        document.operations().getFirst(),
                        List.of(),
                        new ContractSchemas(document.root()),
                        new References(document.root()))
                .responses();
        return new ReplyWriter(100)
                .write(response, responses, responses.successTypes().stream().findFirst());
    }

    private static String text(ReplyWriter.Written written) {
        return written.reply().contentType() + " " + new String(written.reply().body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*', application/json",
        "'application/*', application/json",
        "application/vnd.a+json, application/vnd.a+json",
        "application/json; charset=utf-8, application/json; charset=utf-8",
    })
    void anObjectIsSentAsJsonWhereTheDocumentAllowsMany(String declared, String sent) {
        // when
        ReplyWriter.Written written =
                write("'" + declared + "': {schema: {type: object}}", Response.ok(Map.of("a", 1)));

        // then
        assertThat(text(written)).isEqualTo(sent + " {\"a\":1}");
        assertThat(written.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*', text/plain; charset=utf-8 hi",
        "'text/*', text/plain; charset=utf-8 hi",
        "'application/*', application/json \"hi\"",
        "text/csv; header=present, text/csv; header=present hi",
    })
    void aTextIsSentAsText(String declared, String sent) {
        // then
        assertThat(text(write("'" + declared + "': {}", Response.ok("hi")))).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "image/*"})
    void anObjectHasNoFormInOtherTypes(String declared) {
        // then
        for (Object value : List.of(Map.of("a", 1), List.of(1), new Pet("Max"))) {
            assertThatThrownBy(() -> write("'" + declared + "': {}", Response.ok(value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(declared)
                    .hasMessageContaining("withMediaType");
        }
    }

    record Pet(String name) {}

    @Test
    void whatIsNoObjectIsWrittenByItsText() {
        // given
        UUID id = new UUID(1, 2);

        // then
        assertThat(text(write("text/plain: {}", Response.ok(id)))).isEqualTo("text/plain " + id);
        assertThat(text(write("text/plain: {}", Response.ok(5)))).isEqualTo("text/plain 5");
    }

    @Test
    void aTextIsHeldToItsSchema() {
        // then
        assertThat(write("text/plain: {schema: {type: string, maxLength: 2}}", Response.ok("hi!"))
                        .violations())
                .extracting(Violation::keyword)
                .containsExactly("maxLength");
    }

    @Test
    void bytesThatAreNotTheJsonTheyClaimToBeAreAViolation() {
        // when
        ReplyWriter.Written written = write(
                "application/json: {}",
                Response.bytes(200, "application/json", "{\"a\":".getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(written.violations()).extracting(Violation::keyword).containsExactly("json");
    }

    @Test
    void anAnswerThatNeverHasABodyIsSentWithoutOne() {
        // when
        ReplyWriter.Written written = write("application/json: {}", Response.of(204, Map.of("a", 1)));

        // then
        assertThat(written.reply().body()).isEmpty();
        assertThat(written.reply().contentType()).isNull();
        assertThat(written.violations()).extracting(Violation::keyword).containsExactly("mediaType");
    }

    @Test
    void aBodyThatIsDeclaredAndNotSentIsMissed() {
        // then
        assertThat(write("application/json: {}", Response.empty(200)).violations())
                .extracting(Violation::keyword)
                .containsExactly("mediaType");
    }

    @Test
    void theNegotiatedTypeAnswers() {
        // given
        ServiceDocument document = Documents.valid("""
                paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {}, text/csv: {}}}}}}}
                """);
        OperationResponses responses = OperationContract.compile(
                        document.operations().getFirst(),
                        List.of(),
                        new ContractSchemas(document.root()),
                        new References(document.root()))
                .responses();

        // then
        assertThat(text(new ReplyWriter(100).write(Response.ok("a,b"), responses, MediaType.parse("text/csv"))))
                .isEqualTo("text/csv a,b");
    }
}
