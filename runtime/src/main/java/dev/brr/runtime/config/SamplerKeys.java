package dev.brr.runtime.config;

import dev.brr.runtime.tracing.Sampler;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads OpenTelemetry's variables of a sampler (environment variable specification, General SDK Configuration). */
final class SamplerKeys {
    /** The samplers that there are here, in capitals. */
    enum Kind {
        ALWAYS_ON,
        ALWAYS_OFF,
        TRACEIDRATIO,
        PARENTBASED_ALWAYS_ON,
        PARENTBASED_ALWAYS_OFF,
        PARENTBASED_TRACEIDRATIO;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static @Nullable Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text.strip()))
                    .findFirst()
                    .orElse(null);
        }
    }

    static final SettingKey<Kind> SAMPLER = SettingKey.<Kind>of(
                    "",
                    "--tracing-sampler",
                    ValueType.TEXT.map(
                            "one of "
                                    + Arrays.stream(Kind.values())
                                            .map(Kind::text)
                                            .collect(Collectors.joining(", ")),
                            Kind::of,
                            Kind::text),
                    null,
                    "which traces are told of; tracing.samplePercent is parentbased_traceidratio")
            .withFlags()
            .withVariables("OTEL_TRACES_SAMPLER");

    static final SettingKey<Double> ARGUMENT = SettingKey.<Double>of(
                    "",
                    "--tracing-sampler-ratio",
                    ValueType.TEXT.map("a number from 0 to 1", SamplerKeys::ratio, String::valueOf),
                    null,
                    "the ratio of traceidratio and parentbased_traceidratio, 1 when it says nothing")
            .withFlags()
            .withVariables("OTEL_TRACES_SAMPLER_ARG");

    private SamplerKeys() {}

    /** Gives the sampler that they name; nothing when they name none. */
    static Optional<Sampler> read(SettingValues values) {
        return values.find(SAMPLER).map(kind -> switch (kind) {
            case ALWAYS_ON -> new Sampler(1, false);
            case ALWAYS_OFF -> new Sampler(0, false);
            case TRACEIDRATIO -> new Sampler(argument(values), false);
            case PARENTBASED_ALWAYS_ON -> Sampler.ALL;
            case PARENTBASED_ALWAYS_OFF -> new Sampler(0, true);
            case PARENTBASED_TRACEIDRATIO -> new Sampler(argument(values), true);
        });
    }

    private static double argument(SettingValues values) {
        return values.find(ARGUMENT).orElse(1.0);
    }

    private static @Nullable Double ratio(String text) {
        try {
            double ratio = Double.parseDouble(text.strip());
            return ratio >= 0 && ratio <= 1 ? ratio : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
