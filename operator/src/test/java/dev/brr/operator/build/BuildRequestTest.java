package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BuildRequestTest {

    private static final String BASE_DIGEST = "sha256:" + "ab".repeat(32);
    private static final AotDecision NO_AOT = new AotDecision.None("none");
    private static final BuildRequest REQUEST = new BuildRequest(
            "eclipse-temurin:25-jre",
            "registry.example:5000/shop/petstore",
            "openapi: 3.1.0",
            false,
            List.of("amd64"),
            "0123456789abcdef",
            null);

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherInputs")
    void everyInputOfTheBuildMattersToTheInputs(String what, BuildRequest other) {
        // given
        // when
        var inputs = other.inputs();
        // then
        assertThat(inputs).isNotEqualTo(REQUEST.inputs());
    }

    static Stream<Arguments> otherInputs() {
        return Stream.of(
                Arguments.of("base", with("eclipse-temurin:25.0.1-jre", REQUEST.repository(), REQUEST.document())),
                Arguments.of(
                        "repository", with(REQUEST.base(), "registry.example:5000/shop/orders", REQUEST.document())),
                Arguments.of("document", with(REQUEST.base(), REQUEST.repository(), "openapi: 3.1.1")),
                Arguments.of("document's white space", with(REQUEST.base(), REQUEST.repository(), "openapi: 3.1.0\n")),
                Arguments.of("handlers", ofImage(REQUEST.document(), true, List.of("amd64"), REQUEST.runtime())),
                Arguments.of("architecture", ofImage(REQUEST.document(), false, List.of("arm64"), REQUEST.runtime())),
                Arguments.of(
                        "architectures",
                        ofImage(REQUEST.document(), false, List.of("amd64", "arm64"), REQUEST.runtime())),
                Arguments.of("runtime", ofImage(REQUEST.document(), false, List.of("amd64"), "fedcba9876543210")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherContents")
    void everyContentOfTheImageMattersToTheRevision(String what, BuildRequest other) {
        // given
        // when
        var revision = other.revision(BASE_DIGEST, NO_AOT);
        // then
        assertThat(revision).isNotEqualTo(REQUEST.revision(BASE_DIGEST, NO_AOT));
    }

    static Stream<Arguments> otherContents() {
        return Stream.of(
                Arguments.of("document", ofImage("openapi: 3.1.1", false, List.of("amd64"), REQUEST.runtime())),
                Arguments.of("handlers", ofImage(REQUEST.document(), true, List.of("amd64"), REQUEST.runtime())),
                Arguments.of("architecture", ofImage(REQUEST.document(), false, List.of("arm64"), REQUEST.runtime())),
                Arguments.of("runtime", ofImage(REQUEST.document(), false, List.of("amd64"), "fedcba9876543210")));
    }

    @Test
    void whatTheAotCacheWasMadeForMattersToTheRevision() {
        // given
        var caches = List.of(NO_AOT, new AotDecision.Included("one"), new AotDecision.Included("other"));
        // when
        var revisions = caches.stream()
                .map(cache -> REQUEST.revision(BASE_DIGEST, cache))
                .toList();
        // then
        assertThat(revisions).doesNotHaveDuplicates();
    }

    @Test
    void whyThereIsNoAotCacheIsNoMatterOfTheRevision() {
        // given
        var other = new AotDecision.None("another reason");
        // when
        var revision = REQUEST.revision(BASE_DIGEST, other);
        // then
        assertThat(revision).isEqualTo(REQUEST.revision(BASE_DIGEST, NO_AOT));
    }

    @Test
    void hashesStayWhatTheyAreFromReleaseToReleaseOrElseEveryServiceIsBuiltAnew() {
        // given
        var request = REQUEST;
        // when
        var hashes = List.of(request.inputs(), request.revision(BASE_DIGEST, NO_AOT));
        // then
        assertThat(hashes).containsExactly("b1735a150525ac581235de46168d7d33", "11c0dae1528369a2314c");
    }

    @Test
    void theBasesDigestMattersToTheRevision() {
        // given
        var otherDigest = "sha256:" + "cd".repeat(32);
        // when
        var revision = REQUEST.revision(otherDigest, NO_AOT);
        // then
        assertThat(revision).isNotEqualTo(REQUEST.revision(BASE_DIGEST, NO_AOT));
    }

    @Test
    void howTheBaseIsSpelledDoesNotMatterToTheRevision() {
        // given
        var byDigest = with("eclipse-temurin@" + BASE_DIGEST, REQUEST.repository(), REQUEST.document());
        // when
        var revision = byDigest.revision(BASE_DIGEST, NO_AOT);
        // then
        assertThat(revision).isEqualTo(REQUEST.revision(BASE_DIGEST, NO_AOT));
    }

    @Test
    void whereTheImageGoesDoesNotMatterToTheRevision() {
        // given
        var elsewhere = with(REQUEST.base(), "other.example/team/petstore", REQUEST.document());
        // when
        var revision = elsewhere.revision(BASE_DIGEST, NO_AOT);
        // then
        assertThat(revision).isEqualTo(REQUEST.revision(BASE_DIGEST, NO_AOT));
    }

    @Test
    void architecturesAreSortedAndEachThereOnce() {
        // given
        var given = List.of("arm64", "amd64", "arm64");
        // when
        var request = ofImage(REQUEST.document(), false, given, REQUEST.runtime());
        // then
        assertThat(request.architectures()).containsExactly("amd64", "arm64");
    }

    @Property
    void theOrderOfArchitecturesMattersToNothing(
            @ForAll @From("requests") BuildRequest request, @ForAll Random random) {
        // given
        var shuffled = new ArrayList<>(request.architectures());
        Collections.shuffle(shuffled, random);
        // when
        var other = new BuildRequest(
                request.base(),
                request.repository(),
                request.document(),
                request.petStore(),
                shuffled,
                request.runtime(),
                request.push());
        // then
        assertThat(other).isEqualTo(request);
        assertThat(other.inputs()).isEqualTo(request.inputs());
        assertThat(other.revision(BASE_DIGEST, NO_AOT)).isEqualTo(request.revision(BASE_DIGEST, NO_AOT));
    }

    @Property
    void credentialsAreNoInput(
            @ForAll @From("requests") BuildRequest request, @ForAll String user, @ForAll String pass) {
        // given
        var credentials = new RegistryCredentials(user, pass);
        // when
        var other = withCredentials(request, credentials);
        // then
        assertThat(other.inputs()).isEqualTo(request.inputs());
        assertThat(other.revision(BASE_DIGEST, NO_AOT)).isEqualTo(request.revision(BASE_DIGEST, NO_AOT));
    }

    @Property
    void requestsWithEqualInputsAreEqualButForTheirCredentials(
            @ForAll @From("requests") BuildRequest one, @ForAll @From("requests") BuildRequest other) {
        // given
        var equal = withCredentials(one, null).equals(withCredentials(other, null));
        // when
        var sameInputs = one.inputs().equals(other.inputs());
        // then
        assertThat(sameInputs).isEqualTo(equal);
    }

    @Property
    void theRevisionIsATagThatEveryRegistryTakes(@ForAll @From("requests") BuildRequest request) {
        // given
        // when
        var revision = request.revision(BASE_DIGEST, NO_AOT);
        // then
        assertThat(revision).matches("[0-9a-f]{20}");
    }

    @Property
    void theInputsFitIntoAnAnnotation(@ForAll @From("requests") BuildRequest request) {
        // given
        // when
        var inputs = request.inputs();
        // then
        assertThat(inputs).matches("[0-9a-f]{32}");
    }

    @Test
    void theTextNamesTheBuildWithoutDocumentOrCredentials() {
        // given
        var request = withCredentials(REQUEST, new RegistryCredentials("robot", "hunter2"));
        // when
        var text = request.toString();
        // then
        assertThat(text)
                .isEqualTo("BuildRequest[registry.example:5000/shop/petstore on eclipse-temurin:25-jre, inputs "
                        + REQUEST.inputs() + "]")
                .doesNotContain("robot", "hunter2", "openapi: 3.1.0");
    }

    @Test
    void credentialsDoNotShowInTheirText() {
        // given
        var credentials = new RegistryCredentials("robot", "hunter2");
        // when
        var text = credentials.toString();
        // then
        assertThat(text).doesNotContain("robot", "hunter2");
    }

    @Test
    void credentialsAreThoseThatWereBrought() {
        // given
        var credentials = new RegistryCredentials("robot", "hunter2");
        // when
        var request = withCredentials(REQUEST, credentials);
        // then
        assertThat(request.credentials()).contains(credentials);
        assertThat(REQUEST.credentials()).isEmpty();
    }

    @Test
    void anOutcomesImageIsByDigest() {
        // given
        var outcome =
                new BuildOutcome.Succeeded("registry.example/shop/petstore", BASE_DIGEST, "0a1b2c", false, NO_AOT);
        // when
        var image = outcome.image();
        // then
        assertThat(image).isEqualTo("registry.example/shop/petstore@" + BASE_DIGEST);
    }

    @Provide
    Arbitrary<BuildRequest> requests() {
        var texts = Arbitraries.of("", "a", "b", "ab", "openapi: 3.1.0");
        var architectures =
                Arbitraries.of("amd64", "arm64", "s390x").list().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(texts, texts, texts, Arbitraries.of(true, false), architectures, texts)
                .as((base, repository, document, petStore, some, runtime) ->
                        new BuildRequest(base, repository, document, petStore, some, runtime, null));
    }

    private static BuildRequest with(String base, String repository, String document) {
        return new BuildRequest(base, repository, document, false, List.of("amd64"), REQUEST.runtime(), null);
    }

    private static BuildRequest ofImage(String document, boolean petStore, List<String> architectures, String runtime) {
        return new BuildRequest(REQUEST.base(), REQUEST.repository(), document, petStore, architectures, runtime, null);
    }

    private static BuildRequest withCredentials(BuildRequest request, @Nullable RegistryCredentials credentials) {
        return new BuildRequest(
                request.base(),
                request.repository(),
                request.document(),
                request.petStore(),
                request.architectures(),
                request.runtime(),
                credentials);
    }
}
