package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container of a service is told by its environment, besides what ServicePodsTest says of pods. */
class ServiceEnvironmentTest {

    private static final List<String> ALWAYS = List.of(
            "LD_PRELOAD",
            "MALLOC_CONF",
            "MALLOC_ARENA_MAX",
            "BRR_MANAGEMENT_PORT",
            "BRR_SHUTDOWN_DELAY_SECONDS",
            "BRR_DRAIN_SECONDS",
            "BRR_DEBUG_TOKEN_FILE",
            "BRR_BLACKBOX_DIRECTORY");

    @ParameterizedTest
    @ValueSource(strings = {"{}", "observability: {}", "observability: {tracing: null}", "observability: null"})
    void withoutATracingEndpointNothingIsSaidOfTracing(String spec) {
        // given
        // when
        var names = environment(spec).map(EnvVar::getName);
        // then
        assertThat(names).containsExactlyElementsOf(ALWAYS);
    }

    @Test
    void aServiceWithoutASpecHasTheSame() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var environment = ServiceEnvironment.of(service, SampleCluster.TARGET);
        // then
        assertThat(environment).extracting(EnvVar::getName).containsExactlyElementsOf(ALWAYS);
    }

    @Test
    void spansGoToTheEndpointUnderTheNameOfTheBrrService() {
        // given
        var spec = "observability: {tracing: {endpoint: 'http://otel-collector.observability:4318'}}";
        // when
        var tracing = settings(spec, "BRR_TRACING_");
        // then
        assertThat(tracing)
                .containsExactly(
                        "BRR_TRACING_ENDPOINT=http://otel-collector.observability:4318",
                        "BRR_TRACING_SERVICE_NAME=petstore");
    }

    @Test
    void spansGoUnderTheNameThatIsGiven() {
        // given
        var spec = "observability: {tracing: {endpoint: 'https://collector', serviceName: 'pets, of the shop'}}";
        // when
        var tracing = settings(spec, "BRR_TRACING_");
        // then
        assertThat(tracing)
                .containsExactly(
                        "BRR_TRACING_ENDPOINT=https://collector", "BRR_TRACING_SERVICE_NAME=pets, of the shop");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void howManyTracesBeginHereIsSaidWhereItIsGiven(int percent) {
        // given
        var spec = "observability: {tracing: {endpoint: 'https://collector', samplePercent: %d}}".formatted(percent);
        // when
        var tracing = settings(spec, "BRR_TRACING_SAMPLE");
        // then
        assertThat(tracing).containsExactly("BRR_TRACING_SAMPLE_PERCENT=" + percent);
    }

    @Test
    void theHeadersForTheCollectorComeFromASecretAndNeverAsText() {
        // given
        var spec = "observability: {tracing: {endpoint: 'https://collector',"
                + " headersSecretRef: {name: collector-key, key: headers}}}";
        // when
        var headers = environment(spec).filter(variable -> variable.getName().equals("BRR_TRACING_HEADERS"));
        // then
        assertThat(headers).singleElement().satisfies(variable -> {
            assertThat(variable.getValue()).isNull();
            assertThat(variable.getValueFrom().getSecretKeyRef())
                    .isEqualTo(new SecretKeySelector("headers", "collector-key", null));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "512Mi, 50, 256",
        "512Mi, 10, 51",
        "512Mi, 75, 384",
        "1Gi, 25, 256",
        "1.5Gi, 30, 460",
        "500M, 50, 238",
        "536870912, 50, 256",
        "4Ti, 75, 3145728",
        "79Mi, 10, 8",
        "1, 10, 8",
    })
    void theHeapIsAShareOfTheMemoryLimitInWholeMebibytes(String limit, int percent, long mebibytes) {
        // given
        var spec = "memory: {javaHeapPercent: %d}\nresources: {limits: {memory: %s}}".formatted(percent, limit);
        // when
        var options = settings(spec, "JDK_JAVA_OPTIONS");
        // then
        assertThat(options).containsExactly("JDK_JAVA_OPTIONS=-Xmx" + mebibytes + "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources: {limits: {memory: 512Mi}}",
                "memory: {}\nresources: {limits: {memory: 512Mi}}",
                "memory: {javaHeapPercent: 50}",
                "memory: {javaHeapPercent: 50}\nresources: {limits: {cpu: 1}}",
                "memory: {javaHeapPercent: 50}\nresources: {requests: {memory: 512Mi}}",
            })
    void withoutAShareOrALimitTheHeapIsTheImagesBusiness(String spec) {
        // given
        // when
        var names = environment(spec).map(EnvVar::getName);
        // then
        assertThat(names).containsExactlyElementsOf(ALWAYS);
    }

    @Test
    void noVariableIsThereTwice() {
        // given
        var spec = """
                observability:
                  tracing: {endpoint: 'https://collector', samplePercent: 5, headersSecretRef: {name: a, key: b}}
                memory: {javaHeapPercent: 50}
                resources: {limits: {memory: 512Mi}}
                security:
                  schemes:
                    - {name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}
                    - {name: OAuth, jwt: {issuer: https://id/, audience: pets}}
                """;
        // when
        var names = environment(spec).map(EnvVar::getName);
        // then
        assertThat(names).doesNotHaveDuplicates().startsWith("LD_PRELOAD", "MALLOC_CONF");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {maxBodyBytes: 0} | BRR_MAX_BODY_BYTES=0",
                "http: {requestSeconds: 0} | BRR_REQUEST_SECONDS=0",
                "http: {maxConnections: 1} | BRR_MAX_CONNECTIONS=1",
                "http: {cors: {origins: ['*']}} | BRR_CORS_ORIGINS=*",
                "http: {cors: {origins: ['https://a', 'https://b'], headers: []}} | BRR_CORS_ORIGINS=https://a,https://b",
                "http: {rateLimit: {requests: 100, seconds: 60}} | BRR_RATE_LIMIT=100/60",
                "http: {rateLimit: {requests: 100, seconds: 60, burst: 10}} | BRR_RATE_LIMIT=100/60/10",
                "validation: {responses: false} | BRR_RESPONSE_VALIDATION=off",
                "validation: {responseSamplePercent: 1} | BRR_RESPONSE_SAMPLE_PERCENT=1",
                "validation: {formats: false} | BRR_FORMAT_ASSERTION=off",
                "observability: {accessLog: true} | BRR_ACCESS_LOG=on",
                "observability: {accessLog: false} | BRR_ACCESS_LOG=off",
            })
    void whatIsSaidOfRequestsIsOneVariableAndTheRestIsLeftToTheService(String spec, String variable) {
        // given
        // when
        var names = environment(spec).map(EnvVar::getName);
        var values = settings(spec, variable.substring(0, variable.indexOf('=')));
        // then
        assertThat(values).containsExactly(variable);
        assertThat(names).hasSize(ALWAYS.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: null",
                "http: {}",
                "http: {cors: null, rateLimit: null}",
                "validation: {}",
                "validation: null"
            })
    void whatSaysNothingOfRequestsIsNoVariable(String spec) {
        // given
        // when
        var names = environment(spec).map(EnvVar::getName);
        // then
        assertThat(names).containsExactlyElementsOf(ALWAYS);
    }

    private static Stream<EnvVar> environment(String spec) {
        var service = BrrServiceYaml.withSpec(spec);
        var schemes = ServiceEnvironment.schemes(service.getSpec().security());
        return ServiceEnvironment.of(service, SampleCluster.TARGET.with(schemes)).stream();
    }

    private static Stream<String> settings(String spec, String prefix) {
        return environment(spec)
                .filter(variable -> variable.getName().startsWith(prefix))
                .map(variable -> variable.getName() + "=" + variable.getValue());
    }
}
