package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever a client sends, the contract answers with values or violations, and never breaks down. */
class ContractFuzzPropertyTest {
    private static final String SCHEMA =
            "{type: object, required: [a], properties: {a: {type: integer, minimum: 1, format: int32}, b: {type: array,"
                    + " items: {type: number, multipleOf: 0.01}}, c: {type: string, format: date-time, pattern: '^2'},"
                    + " d: {type: object, properties: {e: {type: boolean}}}}}";

    private static final OperationContract BODIES = Contracts.of("""
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      application/json: {schema: &s %s}
                      application/x-www-form-urlencoded: {schema: *s}
                      multipart/form-data: {schema: *s}
                      text/plain: {schema: {type: string, maxLength: 10}}
                      application/octet-stream: {}
                  responses: {'200': {description: d}}
            """.formatted(SCHEMA));

    private static final OperationContract PARAMETERS = Contracts.of("""
            paths:
              /a/{p}/{l}/{m}:
                get:
                  parameters:
                    - {name: p, in: path, required: true, schema: {type: object, properties: {x: {type: integer}}}}
                    - {name: l, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: number}}}
                    - {name: m, in: path, required: true, style: matrix, schema: {type: array, items: {type: boolean}}}
                    - {name: q, in: query, schema: {type: array, items: {type: integer, format: int64}}}
                    - {name: d, in: query, style: deepObject, explode: true, schema: {type: object, properties: {x: {type: array, items: {type: integer}}}}}
                    - {name: s, in: query, style: spaceDelimited, explode: false, schema: {type: object}}
                    - {name: j, in: query, content: {application/json: {schema: {type: object}}}}
                    - {name: H, in: header, explode: true, schema: {type: object, properties: {x: {type: 'null'}}}}
                    - {name: c, in: cookie, schema: {type: string, format: uuid}}
                  responses: {'200': {description: d}}
            """);

    @Provide
    Arbitrary<String> mediaTypes() {
        return Arbitraries.of(
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=b",
                "multipart/form-data",
                "text/plain",
                "text/plain; charset=utf-16",
                "application/octet-stream");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"a\"",
                        ":",
                        ",",
                        "1",
                        "-",
                        "1e999",
                        "0.01",
                        "null",
                        "true",
                        "\\u12",
                        "a=1",
                        "&",
                        "b=",
                        "%",
                        "%20",
                        "+",
                        "=",
                        "--b",
                        "\r\n",
                        "Content-Disposition: form-data; name=\"a\"",
                        "--b--",
                        "é",
                        "d[x]=",
                        ";m=",
                        ".",
                        "x",
                        "\u0000",
                        "2026-01-01T00:00:00Z")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static BodyReader.Outcome read(String mediaType, byte[] bytes) {
        MediaType type = MediaType.parse(mediaType).orElseThrow();
        return Bodies.read(BODIES.body().orElseThrow().reader(type).orElseThrow(), bytes, type);
    }

    private static void isAnswered(BodyReader.Outcome outcome) {
        assertThat(outcome.violations()).allSatisfy(violation -> {
            assertThat(violation.keyword()).isNotBlank();
            assertThat(violation.message()).isNotBlank();
            assertThat(violation.in()).isEqualTo("body");
        });
    }

    @Property(tries = 1500)
    void anyBytesAsABody(@ForAll("mediaTypes") String mediaType, @ForAll @Size(max = 60) byte[] bytes) {
        // then
        isAnswered(read(mediaType, bytes));
    }

    @Property(tries = 3000)
    void piecesOfSyntaxAsABody(@ForAll("mediaTypes") String mediaType, @ForAll("pieces") String text) {
        // then
        isAnswered(read(mediaType, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 3000)
    void piecesOfSyntaxAsParameters(
            @ForAll("pieces") String path, @ForAll("pieces") String query, @ForAll("pieces") String header) {
        // given
        FakeRequest request = FakeRequest.empty()
                .withPath("p", path)
                .withPath("l", header)
                .withPath("m", query)
                .withHeader("H", header)
                .withHeader("cookie", "c=" + query);
        String raw = "q=" + path + "&s=" + query + "&j=" + header + "&" + query;
        try {
            request.withQuery(raw);
        } catch (IllegalArgumentException e) {
            // a name that is not well encoded is refused before any parameter is read
            assertThat(e).hasMessageMatching(".+");
            return;
        }

        // when
        Outcome outcome = PARAMETERS.parameters().read(request);

        // then
        assertThat(outcome.violations()).allSatisfy(violation -> {
            assertThat(violation.name()).isNotBlank();
            assertThat(violation.keyword()).isNotBlank();
        });
    }

    @Property(tries = 300)
    void aNumberOfAnySizeAsAParameter(@ForAll BigDecimal number) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: n, in: query, schema: {type: number, multipleOf: 0.5, minimum: -1}");

        // when
        Outcome outcome = contract.parameters().read(FakeRequest.empty().withQuery("n=" + number.toPlainString()));

        // then
        boolean fits =
                number.remainder(new BigDecimal("0.5")).signum() == 0 && number.compareTo(BigDecimal.ONE.negate()) >= 0;
        assertThat(outcome.violations().isEmpty()).isEqualTo(fits);
    }
}
