package dev.brr.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generates specs of any shape, whether or not the API server would take them. */
final class SpecArbitraries {

    private SpecArbitraries() {}

    static Arbitrary<BrrServiceSpec> specs() {
        var parts = Combinators.combine(
                openapi().injectNull(0.3),
                malloc().injectNull(0.3),
                image().injectNull(0.3),
                numbers().injectNull(0.3),
                autoscaling().injectNull(0.3),
                resources().injectNull(0.3),
                numbers().injectNull(0.3).map(MemorySpec::new).injectNull(0.3),
                security().injectNull(0.3));
        return Combinators.combine(
                        parts.as(Parts::new),
                        http().injectNull(0.3),
                        validation().injectNull(0.3),
                        monitoring().injectNull(0.3),
                        observability().injectNull(0.3),
                        rollout().injectNull(0.3))
                .as((part, http, validation, monitoring, observability, rollout) -> new BrrServiceSpec(
                        part.openapi,
                        part.malloc,
                        part.image,
                        part.replicas,
                        part.autoscaling,
                        part.resources,
                        part.memory,
                        part.security,
                        http,
                        validation,
                        monitoring,
                        observability,
                        rollout));
    }

    static Arbitrary<BrrServiceStatus> statuses() {
        var image =
                Combinators.combine(texts(), texts(), texts().injectNull(0.3)).as(ImageStatus::new);
        var malloc = Combinators.combine(texts().injectNull(0.3), texts().injectNull(0.3))
                .as(MallocStatus::new);
        var lastGood = Combinators.combine(
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        security().injectNull(0.3))
                .as(LastGood::new);
        var hungriest = Combinators.combine(
                        texts(), Arbitraries.of(MemoryMeasure.class), quantities(), texts(), texts())
                .as(HungriestOperation::new);
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0).injectNull(0.3),
                        image.injectNull(0.3),
                        malloc.injectNull(0.3),
                        hungriest.injectNull(0.3),
                        lastGood.injectNull(0.3),
                        numbers().injectNull(0.3),
                        numbers().injectNull(0.3),
                        texts().injectNull(0.3))
                .as((generation, built, tuning, hungry, good, replicas, ready, selector) ->
                        new BrrServiceStatus(generation, null, built, tuning, hungry, good, replicas, ready, selector));
    }

    /** Any text at all, with quotes, line breaks, what YAML takes for a number, and characters beyond the first plane. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        "",
                        "null",
                        "true",
                        "no",
                        "1e3",
                        "0x1F",
                        "1_000",
                        "~",
                        "- a",
                        "a: b",
                        "# c",
                        "'",
                        "\"",
                        "\\",
                        "\n\n",
                        " x ",
                        "\t",
                        "\uD83D\uDC3E",
                        "2026-01-01",
                        "{{ .Values }}",
                        "$(HOME)"));
    }

    private static Arbitrary<OpenApiSource> openapi() {
        return Combinators.combine(keyRefs().injectNull(0.5), texts().injectNull(0.5))
                .as(OpenApiSource::new);
    }

    private static Arbitrary<MallocSpec> malloc() {
        Arbitrary<Map<String, String>> options =
                Arbitraries.maps(texts(), texts()).ofMaxSize(5);
        return Combinators.combine(Arbitraries.of(MallocPreset.class).injectNull(0.3), options.injectNull(0.3))
                .as(MallocSpec::new);
    }

    private static Arbitrary<ImageSpec> image() {
        return Combinators.combine(
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        texts().map(SecretRef::new).injectNull(0.3),
                        Arbitraries.of(Platform.class).list().ofMaxSize(3).injectNull(0.3),
                        texts().injectNull(0.3))
                .as(ImageSpec::new);
    }

    private static Arbitrary<Autoscaling> autoscaling() {
        return Combinators.combine(
                        numbers().injectNull(0.3),
                        numbers(),
                        numbers().injectNull(0.3),
                        numbers().injectNull(0.3))
                .as(Autoscaling::new);
    }

    private static Arbitrary<Resources> resources() {
        return Combinators.combine(amounts().injectNull(0.3), amounts().injectNull(0.3))
                .as(Resources::new);
    }

    private static Arbitrary<ResourceAmounts> amounts() {
        return Combinators.combine(quantities().injectNull(0.3), quantities().injectNull(0.3))
                .as(ResourceAmounts::new);
    }

    private static Arbitrary<Quantity> quantities() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.of("", "m", "k", "Ki", "M", "Mi", "G", "Gi", "T", "Ti"))
                .as((number, unit) -> new Quantity(number + unit));
    }

    private static Arbitrary<SecuritySpec> security() {
        return Combinators.combine(texts(), keyRefs().injectNull(0.3), jwt().injectNull(0.3))
                .as(SecurityScheme::new)
                .list()
                .ofMaxSize(4)
                .injectNull(0.3)
                .map(SecuritySpec::new);
    }

    private static Arbitrary<JwtSpec> jwt() {
        return Combinators.combine(
                        texts(),
                        texts(),
                        texts().injectNull(0.3),
                        Arbitraries.of(JwtAlgorithm.class).injectNull(0.3),
                        numbers().injectNull(0.3))
                .as(JwtSpec::new);
    }

    private static Arbitrary<HttpSpec> http() {
        return Combinators.combine(
                        numbers().injectNull(0.3),
                        numbers().injectNull(0.3),
                        numbers().injectNull(0.3),
                        cors().injectNull(0.3),
                        rateLimit().injectNull(0.3))
                .as(HttpSpec::new);
    }

    private static Arbitrary<CorsSpec> cors() {
        var lists = texts().list().ofMaxSize(3);
        return Combinators.combine(
                        lists,
                        lists.injectNull(0.3),
                        lists.injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3),
                        numbers().injectNull(0.3))
                .as(CorsSpec::new);
    }

    private static Arbitrary<RateLimitSpec> rateLimit() {
        return Combinators.combine(
                        numbers(),
                        numbers(),
                        numbers().injectNull(0.3),
                        texts().list().ofMaxSize(3).injectNull(0.3))
                .as(RateLimitSpec::new);
    }

    private static Arbitrary<ValidationSpec> validation() {
        return Combinators.combine(
                        Arbitraries.of(true, false).injectNull(0.3),
                        numbers().injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as(ValidationSpec::new);
    }

    private static Arbitrary<MonitoringSpec> monitoring() {
        return Combinators.combine(
                        Arbitraries.of(true, false).injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3),
                        Arbitraries.of(ScrapeMode.class).injectNull(0.3))
                .as(MonitoringSpec::new);
    }

    private static Arbitrary<ObservabilitySpec> observability() {
        var tracing = Combinators.combine(
                        texts(),
                        texts().injectNull(0.3),
                        numbers().injectNull(0.3),
                        keyRefs().injectNull(0.3))
                .as(TracingSpec::new);
        return Combinators.combine(
                        tracing.injectNull(0.3), Arbitraries.of(true, false).injectNull(0.3))
                .as(ObservabilitySpec::new);
    }

    private static Arbitrary<RolloutSpec> rollout() {
        return Combinators.combine(
                        numbers().injectNull(0.3), Arbitraries.of(true, false).injectNull(0.3))
                .as(RolloutSpec::new);
    }

    private static Arbitrary<KeyRef> keyRefs() {
        return Combinators.combine(texts(), texts()).as(KeyRef::new);
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers();
    }

    private record Parts(
            OpenApiSource openapi,
            MallocSpec malloc,
            ImageSpec image,
            Integer replicas,
            Autoscaling autoscaling,
            Resources resources,
            MemorySpec memory,
            SecuritySpec security) {}
}
