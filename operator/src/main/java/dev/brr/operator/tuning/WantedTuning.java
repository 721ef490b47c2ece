package dev.brr.operator.tuning;

import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.ImageSpec;
import dev.brr.api.v1alpha1.MallocPreset;
import dev.brr.api.v1alpha1.MallocSpec;
import dev.brr.api.v1alpha1.ResourceAmounts;
import dev.brr.api.v1alpha1.Resources;
import dev.brr.jemalloc.conf.CpuLimit;
import dev.brr.jemalloc.conf.JemallocBuild;
import dev.brr.jemalloc.conf.Preset;
import dev.brr.jemalloc.conf.Tuning;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from a spec which MALLOC_CONF its pods get. */
public final class WantedTuning {

    private WantedTuning() {}

    /** Decides the options of a spec: its preset for its CPU limit, under its own options. */
    public static Tuning.Decision decide(@Nullable BrrServiceSpec spec) {
        var malloc = Optional.ofNullable(spec).map(BrrServiceSpec::malloc);
        var preset = malloc.map(MallocSpec::preset).orElse(MallocPreset.Balanced);
        return Tuning.decide(
                Preset.of(preset.name()).orElseThrow(),
                malloc.map(MallocSpec::options).orElse(Map.of()),
                cpuLimit(spec),
                JemallocBuild.of(architecture(spec)));
    }

    /** Returns the architecture that a spec's image is built for: the operator's own, where it names none. */
    public static String architecture(@Nullable BrrServiceSpec spec) {
        return Optional.ofNullable(spec)
                .map(BrrServiceSpec::image)
                .map(ImageSpec::platforms)
                .filter(platforms -> !platforms.isEmpty())
                .map(platforms -> platforms.getFirst().architecture())
                .orElseGet(() -> "aarch64".equals(System.getProperty("os.arch", "")) ? "arm64" : "amd64");
    }

    private static CpuLimit cpuLimit(@Nullable BrrServiceSpec spec) {
        return Optional.ofNullable(spec)
                .map(BrrServiceSpec::resources)
                .map(Resources::limits)
                .map(ResourceAmounts::cpu)
                .map(WantedTuning::millicores)
                .map(CpuLimit::ofMillicores)
                .orElseGet(CpuLimit::none);
    }

    /** Returns a CPU quantity in thousandths, rounded up as Kubernetes does, at least 1 and at most what an int holds. */
    static int millicores(Quantity cpu) {
        return cpu.getNumericalAmount()
                .multiply(BigDecimal.valueOf(1000))
                .setScale(0, RoundingMode.CEILING)
                .max(BigDecimal.ONE)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValueExact();
    }
}
