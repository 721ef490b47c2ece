package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.TracingSettings;
import dev.brr.runtime.config.TracingSettings.Compression;
import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.tracing.OtlpTarget;
import dev.brr.runtime.tracing.Sampler;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingPlanTest {
    private static final ServiceDocument DOCUMENT = ((DocumentCheck.Valid) ServiceDocument.check("""
                    openapi: 3.1.0
                    info: {title: Pets, version: '7'}
                    paths: {/a: {get: {responses: {'200': {description: d}}}}}
                    """)).document();

    @ParameterizedTest
    @CsvSource({"'', '', Pets", "'', attribute, attribute", "name, attribute, name", "name, '', name"})
    void theServicesNameIsTheClosestOne(String name, String attribute, String expected) {
        // given
        Map<String, String> attributes = attribute.isEmpty() ? Map.of() : Map.of("service.name", attribute);

        // when
        OtlpTarget target = TracingPlan.target(
                new TracingSettings(
                        URI.create("http://c"),
                        name,
                        Map.of("k", "v"),
                        attributes,
                        Compression.GZIP,
                        Sampler.ofPercent(5)),
                DOCUMENT);

        // then
        assertThat(target.resource())
                .containsEntry("service.name", expected)
                .containsEntry("service.version", "7")
                .containsEntry("telemetry.sdk.language", "java");
        assertThat(target.headers()).containsEntry("k", "v");
        assertThat(target.gzip()).isTrue();
        assertThat(target.sampler()).isEqualTo(Sampler.ofPercent(5));
        assertThat(target.endpoint()).isEqualTo(URI.create("http://c"));
    }
}
