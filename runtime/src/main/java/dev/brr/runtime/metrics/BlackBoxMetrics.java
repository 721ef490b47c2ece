package dev.brr.runtime.metrics;

import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.blackbox.KeptReason;
import dev.brr.runtime.config.BlackBoxSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Publishes what a black box does; without one, {@code brr_blackbox_active} alone, 0. */
public final class BlackBoxMetrics implements MeterBinder {
    private final BlackBox.Started started;
    private final List<KeptReason> reasons;

    /** Publishes the outcome of a start by these settings. */
    public BlackBoxMetrics(BlackBox.Started started, BlackBoxSettings settings) {
        this.started = started;
        this.reasons = List.of(
                KeptReason.limit(settings.firstPercent()),
                KeptReason.limit(settings.secondPercent()),
                KeptReason.FLOOR_GROWTH);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("brr.blackbox.active", () -> active(started))
                .description("1 while evidence is kept when memory runs out, 0 if there is no place for it or no limit")
                .register(registry);
        if (started instanceof BlackBox.Started.Keeping(BlackBox box)) {
            bind(registry, box);
        }
    }

    private static int active(BlackBox.Started started) {
        return started instanceof BlackBox.Started.Keeping(BlackBox box) && box.isLooking() ? 1 : 0;
    }

    private void bind(MeterRegistry registry, BlackBox box) {
        for (KeptReason reason : reasons) {
            FunctionCounter.builder("brr.blackbox.kept", box, it -> it.counts().kept(reason))
                    .tag("reason", reason.tag())
                    .description("Pieces of evidence that this run kept")
                    .register(registry);
        }
        FunctionCounter.builder("brr.blackbox.failures", box, it -> it.counts().failures())
                .description("Times that evidence could not be kept, each further try with them; the log says why")
                .register(registry);
        Gauge.builder("brr.blackbox.last.kept.timestamp", box, it -> it.counts().lastKeptSeconds())
                .baseUnit("seconds")
                .description("When evidence was kept last, by this run or a former one, since 1970; 0 if never")
                .register(registry);
        Gauge.builder("brr.blackbox.former.entries", box, it -> it.counts().former())
                .description("Pieces of evidence from before the restart that were there at the start")
                .register(registry);
        Gauge.builder("brr.blackbox.former.killed", box, it -> it.formerRunWasKilled() ? 1 : 0)
                .description("1 if the run before this one ended without being told to")
                .register(registry);
        Gauge.builder("brr.blackbox.sampling", box, it -> it.isSampling() ? 1 : 0)
                .description(
                        "1 while allocations are sampled only so that there is something to keep; 0 also when a person wants it")
                .register(registry);
    }
}
