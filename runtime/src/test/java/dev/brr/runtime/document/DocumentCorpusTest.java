package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of the corpus says at its top which problems it has; the valid ones have none. */
class DocumentCorpusTest {
    private static final Pattern EXPECTATION =
            Pattern.compile("# expect: (\\d+) (\\S*) \\| (.+)|\"(\\d+) (\\S*) \\| (.+?)\"");

    static Stream<Path> invalid() throws IOException, URISyntaxException {
        return files("/documents/invalid");
    }

    static Stream<Path> valid() throws IOException, URISyntaxException {
        return files("/documents/valid");
    }

    private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(DocumentCorpusTest.class.getResource(folder))
                .toURI());
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList().stream();
        }
    }

    record Expectation(int line, String pointer, String message) {
        boolean isMetBy(DocumentProblem problem) {
            return problem.line() == line
                    && problem.pointer().equals(pointer)
                    && problem.message().contains(message);
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidDocumentHasExactlyTheProblemsItNames(Path file) throws IOException {
        // given
        String text = Files.readString(file);
        List<Expectation> expected = expectations(text);

        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        assertThat(check).isInstanceOf(DocumentCheck.Invalid.class);
        List<DocumentProblem> problems = ((DocumentCheck.Invalid) check).problems();
        assertThat(expected).as("the file names what it expects").isNotEmpty();
        for (Expectation expectation : expected) {
            assertThat(problems).as("%s", expectation).anyMatch(expectation::isMetBy);
        }
        assertThat(problems).hasSameSizeAs(expected);
    }

    private static List<Expectation> expectations(String text) {
        List<Expectation> expectations = new ArrayList<>();
        Matcher matcher = EXPECTATION.matcher(text);
        while (matcher.find()) {
            int first = matcher.group(1) != null ? 1 : 4;
            expectations.add(new Expectation(
                    Integer.parseInt(matcher.group(first)), matcher.group(first + 1), matcher.group(first + 2)));
        }
        return expectations;
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void problemsComeInTheOrderOfTheirLines(Path file) throws IOException {
        // given
        String text = Files.readString(file);

        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        assertThat(((DocumentCheck.Invalid) check).problems())
                .extracting(DocumentProblem::line)
                .isSorted();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidDocumentHasNoProblems(Path file) throws IOException {
        // given
        String text = Files.readString(file);

        // when
        DocumentCheck check = ServiceDocument.check(text);

        // then
        assertThat(check).isInstanceOf(DocumentCheck.Valid.class);
    }
}
