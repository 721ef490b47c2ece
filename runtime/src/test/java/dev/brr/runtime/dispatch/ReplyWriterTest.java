package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyWriterTest {
    private final OperationResponses responses = responses("""
            paths:
              /a:
                get:
                  responses:
                    '200':
                      description: d
                      content:
                        application/json: {schema: {type: object, required: [name]}}
                        text/plain: {schema: {type: string}}
                        text/event-stream: {}
                        application/vnd.pet+json: {schema: {type: array}}
                    '201': {description: d, headers: {Location: {required: true, schema: {type: string}}}}
            """);

    private static OperationResponses responses(String members) {
        ServiceDocument document = Documents.valid(members);
        return OperationContract.compile(
                        document.operations().getFirst(),
                        List.of(),
                        new ContractSchemas(document.root()),
                        new References(document.root()))
                .responses();
    }

    private ReplyWriter.Written write(Response response) {
        return new ReplyWriter(100).write(response, responses, Optional.empty());
    }

    private static String text(ReplyWriter.Written written) {
        return new String(written.reply().body(), StandardCharsets.UTF_8);
    }

    record Pet(String name, @Nullable Integer age, List<String> tags) {}

    @Test
    void aRecordIsWrittenAsItsComponentsWithoutTheNullOnes() {
        // when
        ReplyWriter.Written written = write(Response.ok(new Pet("Max", null, List.of("a"))));

        // then
        assertThat(text(written)).isEqualTo("{\"name\":\"Max\",\"tags\":[\"a\"]}");
        assertThat(written.reply().contentType()).isEqualTo("application/json");
        assertThat(written.violations()).isEmpty();
    }

    @Test
    void aMapIsWrittenInTheOrderOfItsKeys() {
        // then
        assertThat(text(write(Response.ok(Map.of("name", "a", "b", 1, "a", 2)))))
                .isEqualTo("{\"a\":2,\"b\":1,\"name\":\"a\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, hello, hello",
        "application/json, hello, '\"hello\"'",
    })
    void aTextIsWrittenAsItsMediaTypeHasIt(String type, String value, String body) {
        // when
        ReplyWriter.Written written = new ReplyWriter(0).write(Response.ok(value), responses, MediaType.parse(type));

        // then
        assertThat(text(written)).isEqualTo(body);
        assertThat(written.reply().contentType()).isEqualTo(type);
    }

    @Test
    void theHandlersMediaTypeGoesBeforeTheNegotiatedOne() {
        // when
        ReplyWriter.Written written = new ReplyWriter(100)
                .write(
                        Response.ok(List.of()).withMediaType("application/vnd.pet+json; v=1"),
                        responses,
                        MediaType.parse("application/json"));

        // then
        assertThat(written.reply().contentType()).isEqualTo("application/vnd.pet+json; v=1");
        assertThat(written.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {\"name\":1} | ``",
                "application/json | {} | required",
                "application/vnd.pet+json | {} | type",
                "image/png | x | mediaType",
            })
    void bytesAreHeldToTheSchemaWhenTheyAreJson(String type, String body, String keyword) {
        // when
        ReplyWriter.Written written = write(Response.bytes(200, type, body.getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(written.violations().stream()
                        .map(Violation::keyword)
                        .findFirst()
                        .orElse(""))
                .isEqualTo(keyword);
        assertThat(text(written)).isEqualTo(body);
    }

    @Test
    void aRequiredHeaderIsLookedFor() {
        // then
        assertThat(write(Response.empty(201)).violations())
                .extracting(Violation::keyword)
                .containsExactly("header");
        assertThat(write(Response.empty(201).withHeader("location", "/a")).violations())
                .isEmpty();
    }

    @Test
    void withoutValidationNothingIsLookedAt() {
        // when
        ReplyWriter.Written written =
                new ReplyWriter(0).write(Response.of(299, Arrays.asList(1, null)), responses, Optional.empty());

        // then
        assertThat(written.violations()).isEmpty();
        assertThat(text(written)).isEqualTo("[1,null]");
    }

    @Test
    void anAnswerWithoutBodyHasNoContentType() {
        // when
        Reply reply = write(Response.empty(201)).reply();

        // then
        assertThat(reply.contentType()).isNull();
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void eventsAreLeftToTheServerToStream() {
        // when
        Reply reply = write(Response.events(_ -> {})).reply();

        // then
        assertThat(reply.events()).isPresent();
        assertThat(reply.contentType()).isEqualTo("text/event-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 99, true",
        "100, 0, true",
        "50, 49, true",
        "50, 50, false",
        "1, 0, true",
        "1, 1, false",
        "0, 0, false"
    })
    void aSampleOfTheAnswersIsHeldToTheDocument(int percent, int thrown, boolean held) {
        // given
        ReplyWriter writer = new ReplyWriter(percent, sides -> {
            assertThat(sides).isEqualTo(100);
            return thrown;
        });

        // when
        ReplyWriter.Written written = writer.write(Response.of(299, "not declared"), responses, Optional.empty());

        // then
        assertThat(written.violations().isEmpty()).isEqualTo(!held);
    }
}
