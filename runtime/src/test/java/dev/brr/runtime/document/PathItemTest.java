package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Path items that refer to others. */
class PathItemTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.1.0", "3.0.4"})
    void whatStandsBesideTheReferenceOfAPathItemCounts(String version) {
        // given
        String text = """
                openapi: %s
                info: {title: t, version: "1"}
                paths:
                  /a/{id}:
                    $ref: "#/components/pathItems/A"
                    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                    servers: [{url: /v1}]
                    x-brr-cors: {origins: [https://own.example]}
                    post: {operationId: own, responses: {"200": {description: d}}}
                components:
                  pathItems:
                    A:
                      x-brr-rate-limit: {requests: 5, seconds: 1}
                      get: {operationId: shared, responses: {"200": {description: d}}}
                """.formatted(version);

        // when
        List<Operation> operations = Documents.checked(text).operations();

        // then
        assertThat(operations).extracting(Operation::id).containsExactlyInAnyOrder("own", "shared");
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.parameters()).extracting(Parameter::name).containsExactly("id");
            assertThat(operation.basePaths()).containsExactly("/v1");
            assertThat(operation.policies().cors()).isPresent();
            assertThat(operation.policies().rateLimit()).isPresent();
        });
    }

    @Test
    void ownMembersAndThoseOfEachItemOfAChainCount() {
        // given
        ServiceDocument document = Documents.valid("""
                paths:
                  /a: {$ref: "#/components/pathItems/A", put: {operationId: first, responses: {"200": {description: d}}}}
                  /c: {get: {responses: {"200": {description: d}}}}
                components:
                  pathItems:
                    A: {$ref: "#/components/pathItems/B", post: {operationId: second, responses: {"200": {description: d}}}}
                    B: {servers: [{url: /far}], get: {operationId: third, responses: {"200": {description: d}}}}
                """);

        // then
        assertThat(document.operations())
                .extracting(operation -> operation.id() + " " + operation.basePaths())
                .containsExactlyInAnyOrder("first [/far]", "second [/far]", "third [/far]", "GET /c []");
    }

    @Test
    void aChainThatLeadsBackIsAFindingAndNoEnd() {
        // when
        List<DocumentProblem> problems = Documents.problems("""
                paths:
                  /a: {$ref: "#/components/pathItems/A", get: {responses: {"200": {description: d}}}}
                components: {pathItems: {A: {$ref: "#/components/pathItems/A"}}}
                """);

        // then
        assertThat(problems).extracting(DocumentProblem::message).anyMatch(text -> text.contains("leads back"));
    }
}
