package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms as clients of several kinds write them, and forms that look like something else. */
class MultipartEdgeTest {

    private static FormPart only(String headers) {
        return only(headers, "1");
    }

    private static FormPart only(String headers, String content) {
        String form = "--b\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n" + content + "\r\n--b--\r\n";
        List<FormPart> parts = Bodies.parse(form.getBytes(StandardCharsets.UTF_8), "b");
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"a b\" | a b",
                "form-data; name=a | a",
                "form-data;name=a | a",
                "form-data; NAME=a | a",
                "form-data; name=\"\" | ``",
                "form-data; name=\"a;b=c\" | a;b=c",
                "form-data; name=\"say \\\"hi\\\"\" | say \"hi\"",
                "form-data; name=\"back\\\\slash\" | back\\slash",
                "form-data; name=\"é\" | é",
                "form-data; filename=\"x; name=y\"; name=\"real\" | real",
            })
    void theNameIsReadAsItIsQuoted(String disposition, String name) {
        // then
        assertThat(only("Content-Disposition: " + disposition).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Disposition: form-data; name=a~Content-Type: Image/PNG; q=1 | image/png",
                "content-type:application/json~CONTENT-DISPOSITION:form-data; name=a | application/json",
                "Content-Disposition: form-data; name=a~Content-Type: nonsense | text/plain",
                "Content-Disposition: form-data; name=a~Content-Type: | text/plain",
                "Content-Disposition: form-data; name=a~X-More: a:b:c | text/plain",
            })
    void headersComeInAnyOrderAndCase(String headers, String type) {
        // then
        assertThat(only(headers).mediaType().essence()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"--b", "x--b--", "--b--", "a~--c", "~", "a~~--", "~--", "~ --b", "~-b"})
    void textThatOnlyLooksLikeABoundaryIsContent(String content) {
        // given: what is preceded by no line end of its own
        String inner = "x" + content.replace("~", "\r\n");

        // then
        assertThat(new String(
                        only("Content-Disposition: form-data; name=a", inner).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(inner);
    }

    @Test
    void nothingIsReadBehindTheClosingBoundary() {
        // given
        String part = "Content-Disposition: form-data; name=\"%s\"\r\n\r\n1\r\n";
        String form = "--b\r\n" + part.formatted("a") + "--b--\r\n--b\r\n" + part.formatted("late") + "--b--\r\n";

        // then
        assertThat(Bodies.parse(form.getBytes(StandardCharsets.UTF_8), "b"))
                .extracting(FormPart::name)
                .containsExactly("a");
    }

    @Test
    void linesThatEndInALineFeedAloneAreNoForm() {
        // given
        byte[] form = "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--\n".getBytes(StandardCharsets.UTF_8);

        // then
        assertThatThrownBy(() -> Bodies.parse(form, "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the boundary is not followed by the end of the line");
    }

    @ParameterizedTest
    @CsvSource({"8000, true", "8300, false"})
    void theHeadersOfAPartAreBoundedTogether(int bytes, boolean read) {
        // given: each line is short
        String more = "~X: 23456789".repeat(bytes / 13);

        // then
        if (read) {
            assertThat(only("Content-Disposition: form-data; name=a" + more).name())
                    .isEqualTo("a");
        } else {
            assertThatThrownBy(() -> only("Content-Disposition: form-data; name=a" + more))
                    .hasMessage("the headers of a part do not end");
        }
    }

    @Property(tries = 200)
    void everyPartComesBackInItsPlace(@ForAll @Size(max = 6) List<@AlphaChars @NotEmpty String> names) {
        // given: contents that hold line ends and dashes
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (String name : names) {
            form.writeBytes(
                    ("--a-b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n\r\n--" + name + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--a-b--".getBytes(StandardCharsets.UTF_8));

        // when
        List<FormPart> parts = Bodies.parse(form.toByteArray(), "a-b");

        // then
        assertThat(parts).extracting(FormPart::name).isEqualTo(names);
        assertThat(parts)
                .extracting(part -> new String(part.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(names.stream().map(name -> "\r\n--" + name).toList());
    }
}
