package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultipartTest {

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void partsHaveNamesTypesAndContent() {
        // given
        byte[] body = bytes("""
                --b
                Content-Disposition: form-data; name="note"

                hello
                world
                --b
                content-disposition: form-data; name=file; filename="a \\"b\\".png"
                Content-Type: image/png

                PNG
                --b--
                """);

        // when
        List<FormPart> parts = Bodies.parse(body, "b");

        // then
        assertThat(parts).extracting(FormPart::name).containsExactly("note", "file");
        assertThat(new String(parts.get(0).bytes(), StandardCharsets.UTF_8)).isEqualTo("hello\r\nworld");
        assertThat(parts.get(0).mediaType().essence()).isEqualTo("text/plain");
        assertThat(parts.get(0).fileName()).isEmpty();
        assertThat(parts.get(1).fileName()).isEqualTo(Optional.of("a \"b\".png"));
        assertThat(parts.get(1).mediaType().essence()).isEqualTo("image/png");
    }

    @Test
    void whatStandsBeforeAndAfterTheBoundariesDoesNotCount() {
        // given
        byte[] body = bytes("preamble\n--b  \nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\nepilogue\n");

        // then
        assertThat(Bodies.parse(body, "b"))
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).isEqualTo(new byte[] {'1'}));
    }

    @Test
    void aPartMayBeEmpty() {
        // given
        byte[] body = bytes("--b\nContent-Disposition: form-data; name=\"a\"\n\n\n--b--\n");

        // then
        assertThat(Bodies.parse(body, "b"))
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).isEmpty());
    }

    @Test
    void aFormMayHaveNoParts() {
        // then
        assertThat(Bodies.parse(bytes("--b--\n"), "b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | nowhere in the body",
                "'no boundary at all' | nowhere in the body",
                "'--b~Content-Disposition: form-data; name=\"a\"~~1' | is not closed by the boundary",
                "'--bContent' | not followed by the end of the line",
                "'--b~Content-Disposition: form-data~~1~--b--' | has no name",
                "'--b~No colon here~~1~--b--' | a header without a name",
                "'--b~Content-Disposition: form-data; name=\"a\"' | headers of a part do not end",
                "'--b' | not followed by the end of the line",
            })
    void aFormThatIsNotWellFormedIsRefused(String form, String message) {
        // then
        assertThatThrownBy(() -> Bodies.parse(bytes(form.replace("~", "\n")), "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aThousandPartsAreEnough() {
        // given
        String part = "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n";

        // then
        assertThat(Bodies.parse(bytes(part.repeat(1000) + "--b--\n"), "b")).hasSize(1000);
        assertThatThrownBy(() -> Bodies.parse(bytes(part.repeat(1001) + "--b--\n"), "b"))
                .hasMessageContaining("more than 1000 parts");
    }

    @Test
    void headersOfAPartAreBounded() {
        // given
        byte[] body = bytes("--b\nContent-Disposition: form-data; name=\"" + "a".repeat(9000) + "\"\n\n1\n--b--\n");

        // then
        assertThatThrownBy(() -> Bodies.parse(body, "b")).hasMessageContaining("headers of a part do not end");
    }

    @Property
    void anyContentComesBack(@ForAll @Size(max = 300) byte[] content) {
        // given
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("--a-boundary-that-is-nowhere-else\nContent-Disposition: form-data; name=\"x\"\n\n"));
        body.writeBytes(content);
        body.writeBytes(bytes("\n--a-boundary-that-is-nowhere-else--\n"));

        // when
        List<FormPart> parts = Bodies.parse(body.toByteArray(), "a-boundary-that-is-nowhere-else");

        // then
        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).isEqualTo(content));
    }

    @Property
    void anyBytesAtAllAreAnswered(@ForAll @Size(max = 100) byte[] noise) {
        // given
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("--b\n"));
        body.writeBytes(noise);

        // then: a list or a refusal, and nothing else
        try {
            assertThat(Bodies.parse(body.toByteArray(), "b")).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }
}
