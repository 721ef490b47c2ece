package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.ratelimit.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the settings that a BrrService has as well to the values that the API server takes: a pod that refused one would
 * never start. The runtime knows nothing of Kubernetes; what its files say is only read here.
 */
class BrrServiceSettingsTest {
    private static final Path VALUES = Path.of("..", "crds", "src", "test", "resources", "common", "pod-settings.yaml");
    private static final Path CRD = Path.of("..", "crds", "brrservices.brr.dev-v1.yaml");

    private static final JsonNode HTTP =
            read(CRD).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/http/properties");
    private static final Pattern ORIGIN =
            Pattern.compile(HTTP.at("/cors/properties/origins/items/pattern").stringValue());
    private static final Pattern PROXY = Pattern.compile(
            HTTP.at("/rateLimit/properties/trustedProxies/items/pattern").stringValue());

    /** A value, where a BrrService has it, and who takes it. */
    record Value(String place, String takers, String text) {

        /** The variables by which the operator hands it to a pod. */
        Map<String, String> environment() {
            Map<String, String> variables = new HashMap<>(Map.of("BRR_CORS_ORIGINS", "https://beside.example"));
            switch (place) {
                case "spec.http.cors.origins[]" -> variables.put("BRR_CORS_ORIGINS", text);
                case "spec.http.cors.headers[]" -> variables.put("BRR_CORS_HEADERS", text);
                case "spec.http.cors.exposeHeaders[]" -> variables.put("BRR_CORS_EXPOSE_HEADERS", text);
                case "spec.http.cors.maxAgeSeconds" -> variables.put("BRR_CORS_MAX_AGE_SECONDS", text);
                case "spec.http.rateLimit.requests" -> variables.put("BRR_RATE_LIMIT", text + "/1");
                case "spec.http.rateLimit.seconds" -> variables.put("BRR_RATE_LIMIT", "1/" + text);
                case "spec.http.rateLimit.burst" -> variables.put("BRR_RATE_LIMIT", "1/1/" + text);
                case "spec.http.rateLimit.trustedProxies[]" -> variables.put("BRR_TRUSTED_PROXIES", text);
                case "spec.http.maxBodyBytes" -> variables.put("BRR_MAX_BODY_BYTES", text);
                case "spec.http.requestSeconds" -> variables.put("BRR_REQUEST_SECONDS", text);
                case "spec.http.maxConnections" -> variables.put("BRR_MAX_CONNECTIONS", text);
                case "spec.validation.responseSamplePercent" -> variables.put("BRR_RESPONSE_SAMPLE_PERCENT", text);
                default -> throw new IllegalArgumentException("no variable is known for " + place);
            }
            return variables;
        }

        boolean isTakenByPods() {
            return takers.equals("both") || takers.equals("pod");
        }
    }

    static List<Value> values() {
        List<Value> values = new ArrayList<>();
        read(VALUES)
                .forEachEntry((place, byTakers) -> byTakers.forEachEntry((takers, texts) ->
                        texts.forEach(text -> values.add(new Value(place, takers, text.asString())))));
        return values;
    }

    @ParameterizedTest
    @MethodSource("values")
    void aPodTakesWhatTheFileSays(Value value) {
        // when
        ConfigOutcome outcome = RuntimeConfig.read(List.of("--spec", "a.yaml"), value.environment());

        // then
        assertThat(outcome instanceof ConfigOutcome.Usable).as("%s", outcome).isEqualTo(value.isTakenByPods());
    }

    @Property
    void addressesAreThoseOfTheApiServer(@ForAll @From("addresses") String text) {
        // then
        assertThat(Subnet.parse(text).isPresent()).isEqualTo(PROXY.matcher(text).matches());
    }

    @Property
    void originsAreThoseOfTheApiServer(@ForAll @From("origins") String text) {
        // then: a rule of its own keeps out the scheme's own port
        assertThat(CorsPolicy.originMistake(text).isEmpty())
                .isEqualTo(ORIGIN.matcher(text).matches() && !text.matches("https://.*:443|http://.*:80"));
    }

    /** Groups between colons, with and without a length; most are no addresses, and many nearly are. */
    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> group = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("", "1")), Tuple.of(1, Arbitraries.of("0", "fFfF", "12345", "g", "00a")));
        Arbitrary<String> six = group.list().ofMinSize(2).ofMaxSize(10).map(groups -> String.join(":", groups));
        Arbitrary<String> four = Arbitraries.of("0", "1", "9", "10", "99", "100", "199", "249", "250", "255", "256", "")
                .list()
                .ofMinSize(3)
                .ofMaxSize(5)
                .map(bytes -> String.join(".", bytes));
        Arbitrary<String> length = Arbitraries.of(
                "", "", "/0", "/9", "/10", "/32", "/33", "/99", "/100", "/128", "/129", "/", "/-1", "/a");
        return Combinators.combine(Arbitraries.oneOf(six, four), length).as(String::concat);
    }

    /** Labels between dots behind a scheme, with and without a port. */
    @Provide
    Arbitrary<String> origins() {
        Arbitrary<String> scheme = Arbitraries.of("https", "http", "app", "a+b-c.1", "1a", "");
        Arbitrary<String> host = Arbitraries.of("a", "a-b", "1", "1a", "a1", "255", "256", "-a", "a-", "a_b", "A", "")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(labels -> String.join(".", labels))
                .filter(name -> !name.endsWith("."));
        Arbitrary<String> port =
                Arbitraries.of("", "", ":8443", ":443", ":80", ":0443", ":", ":a", "/", "/a", "?", "#");
        return Combinators.combine(scheme, host, port).as((name, at, rest) -> name + "://" + at + rest);
    }

    private static JsonNode read(Path yaml) {
        try {
            return JsonMapper.shared().readTree(ServiceDocument.asJson(Files.readString(yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
