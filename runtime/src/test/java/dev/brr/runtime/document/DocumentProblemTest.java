package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentProblemTest {

    @Test
    void theTextHasLinePlaceAndMessage() {
        // given
        DocumentProblem problem = new DocumentProblem(12, "/paths/~1pets/get", "is wrong");

        // then
        assertThat(problem.text()).isEqualTo("line 12, /paths/~1pets/get: is wrong");
    }

    @Test
    void theDocumentItselfIsASlash() {
        // then
        assertThat(new DocumentProblem(1, "", "is empty").text()).isEqualTo("line 1, /: is empty");
    }

    @Test
    void oneMistakeIsToldOnce() {
        // given: the path item is reached by two operations, and its mistake is one
        String text = """
                paths:
                  /a/{id}:
                    parameters: [{name: id, in: path}]
                    get: {responses: {'200': {description: d}}}
                    put: {responses: {'200': {description: d}}}
                """;

        // when
        List<DocumentProblem> problems = Documents.problems(text);

        // then
        assertThat(problems).hasSize(1);
    }
}
