package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.document.PathTemplate.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    @Test
    void aTemplateIsTakenApartAtItsSlashes() {
        // when
        PathTemplate template = PathTemplate.parse("/users/{user_id}/posts");

        // then
        assertThat(template.segments())
                .containsExactly(
                        new Segment.Literal("users"), new Segment.Variable("user_id"), new Segment.Literal("posts"));
    }

    @Test
    void textAroundParametersMakesAMixedSegment() {
        // when
        PathTemplate template = PathTemplate.parse("/files/v{version}-{name}.json");

        // then
        assertThat(template.segments().getLast())
                .isEqualTo(new Segment.Mixed(List.of("v", "-", ".json"), List.of("version", "name")));
    }

    @ParameterizedTest
    @CsvSource({"/pets/", "//pets", "/pets//"})
    void emptySegmentsDoNotCount(String text) {
        // then
        assertThat(PathTemplate.parse(text).segments()).containsExactly(new Segment.Literal("pets"));
    }

    @Test
    void theRootHasNoSegments() {
        // then
        assertThat(PathTemplate.parse("/").segments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a | ''",
                "/a/{b} | b",
                "/{b}/{a} | b,a",
                "/{x}.{y}/{z} | x,y,z",
            })
    void namesComeInTheOrderTheyStandIn(String text, String names) {
        // then
        assertThat(String.join(",", PathTemplate.parse(text).names())).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pets | has to begin with a slash",
                "/pets/{id | the brace in {id is never closed",
                "/pets/id} | the brace in id} is never opened",
                "/pets/a}{b} | the brace in a}{b} is never opened",
                "/pets/{} | hold no parameter name",
                "/pets/{a{b}} | hold no parameter name",
                "/pets/{a}{b} | need text between them",
            })
    void aMalformedTemplateIsRefused(String text, String message) {
        // then
        assertThatThrownBy(() -> PathTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "/pets/{id}, /pets/{name}, true",
        "/pets/{id}, /pets/id, false",
        "/pets/{id}, /pets/{id}/, true",
        "/a/{b}.x, /a/{c}.x, true",
        "/a/{b}.x, /a/{b}.y, false",
        "/a/{b}.x, /a/{b}, false",
        "/a/{b}, /{a}/b, false"
    })
    void twoTemplatesHaveOneShapeWhenTheSameRequestsMatchThem(String one, String other, boolean same) {
        // when
        boolean equal =
                PathTemplate.parse(one).shape().equals(PathTemplate.parse(other).shape());

        // then
        assertThat(equal).isEqualTo(same);
    }
}
